/** `gatehouse doctor`: with the service's environment, what is right, what lacks and how to mend it. */
import { styleText } from 'node:util';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import type { Finding, Verdict } from '../engine/doctor/finding.ts';
import { examineHere } from '../engine/examine-here.ts';
import { oneLine } from './one-line.ts';
import type { ExitCode, Verb } from './verb.ts';

const optionsSchema = z.object({
  json: z.boolean().optional(),
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/)
    .optional(),
});

/** Exit 1 where something is wrong; warnings, and what only people can see, are listed and leave it at 0. */
export const doctor: Verb = {
  usage: 'doctor',
  summary: "examine the App, its webhook, installations and repositories with the service's environment",
  options: [
    ['--repository <owner/name>', 'examine only this repository'],
    ['--json', 'print {ok, findings: [{about, check, verdict, says, mend}]}'],
  ],
  run: async (_, options) => {
    const asked = optionsSchema.safeParse(options);
    if (!asked.success) {
      process.stderr.write('gatehouse: --repository is given as owner/name\n');
      return 2;
    }
    const { json = false, repository } = asked.data;
    const findings = await examine(repository);
    const ok = !findings.some(({ verdict }) => verdict === 'wrong');
    process.stdout.write(json ? `${JSON.stringify({ ok, findings }, null, 2)}\n` : asText(findings));
    return exitCode(ok);
  },
};

const exitCode = (ok: boolean): ExitCode => (ok ? 0 : 1);

async function examine(repository: string | undefined): Promise<readonly Finding[]> {
  const read = readConfig(process.env);
  if ('problems' in read)
    return read.problems.map((says) => ({
      about: 'environment',
      check: 'environment',
      verdict: 'wrong',
      says,
      mend: 'README, "Environment"; doctor needs what the service is started with',
    }));
  const [owner = '', name = ''] = repository?.split('/') ?? [];
  return examineHere(read.config, repository === undefined ? undefined : { owner, name });
}

const signs = { right: '✓', warning: '!', unseen: '?', wrong: '✗' } as const;
const colours = { right: 'green', warning: 'yellow', unseen: 'cyan', wrong: 'red' } as const;

const asLine = ({ verdict, says, mend }: Finding): string => {
  const sign = styleText(colours[verdict], signs[verdict], { stream: process.stdout });
  return `  ${sign} ${oneLine(says)}${mend === undefined ? '' : `\n    → ${oneLine(mend)}`}`;
};

function asText(findings: readonly Finding[]): string {
  const abouts = [...new Set(findings.map(({ about }) => about))];
  const parts = abouts.map((about) =>
    [about, ...findings.filter((one) => one.about === about).map(asLine)].join('\n'),
  );
  const count = (verdict: Verdict): number => findings.filter((one) => one.verdict === verdict).length;
  const sum = `${count('wrong')} wrong, ${count('warning')} to consider, ${count('unseen')} to check by hand, ${count('right')} right`;
  return `${[...parts, sum].join('\n\n')}\n`;
}
