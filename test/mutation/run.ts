/** `npm run test:mutation`: changes the gate, role and comment-reading modules one spot at a time; 85 % must be noticed (threats G22). */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = ['src', 'test', 'migrations', 'workflows', 'package.json', 'tsconfig.json'];

const copy = mkdtempSync(join(tmpdir(), 'gatehouse-mutation-'));
try {
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  // Its own tools in its own folder; the product's are the ones installed already.
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: join(copy, 'test/mutation'),
    stdio: 'inherit',
  });
  const tools = join(copy, 'test/mutation/node_modules');
  const stryker = join(tools, '@stryker-mutator/core/bin/stryker.js');
  const args = [stryker, 'run', 'test/mutation/stryker.config.json', ...process.argv.slice(2)];
  execFileSync(process.execPath, args, { cwd: copy, stdio: 'inherit' });
} catch {
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
