/** `npm run demo`: a stranger sees within a minute what Gatehouse is for; `-- --once` ends when the story does. */
import { styleText } from 'node:util';
import { openStage, type Stage } from './stage.ts';
import { playStory } from './story.ts';

const once = process.argv.includes('--once');
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const checklist = (stage: Stage): string =>
  [...stage.github.state.issues.values()].find((issue) => issue.title.startsWith('[feature]'))?.body ?? '';

/** `▰▰▱▱▱▱ 2 of 6`, from the checklist as GitHub shows it. */
const progressOf = (stage: Stage): string => {
  const lines = checklist(stage)
    .split('\n')
    .filter((line) => /^- \[[ x]\] #\d+ /.test(line));
  const done = lines.filter((line) => line.startsWith('- [x]')).length;
  return lines.length === 0
    ? ''
    : `${'▰'.repeat(done)}${'▱'.repeat(lines.length - done)} ${done} of ${lines.length}`;
};

const invite = async (stage: Stage): Promise<void> => {
  const { front, house } = stage;
  const pat = stage.person('octo-pm');
  const second = pat.opensIssue(
    { title: 'Gift cards', body: 'Yours to play with.', labels: ['workflow:feature'] },
    stage.shop,
  );
  await stage.settles();
  const first = stage.issueOf('1_define');
  print('');
  print(styleText('bold', 'Now you. A second epic is waiting for somebody to claim its first stage.'));
  print(`  the dashboard            ${house.url}/`);
  print(`  the epic, as on GitHub   ${front.url}/acme/shop/issues/${second.number}`);
  print(
    `  its first stage          ${front.url}/acme/shop/issues/${first.number}   (comment there as anybody)`,
  );
  print('  or with curl, as somebody who may not, and as somebody who may:');
  for (const who of ['octo-eng', 'octo-pm']) {
    const { token } = stage.person(who);
    print(
      `    curl -H 'authorization: token ${token}' ${front.url}/api/v3/repos/acme/shop/issues/${first.number}/comments -d '{"body":"/claim"}'`,
    );
  }
  print(styleText('dim', 'Ctrl-C ends it all.'));
};

const run = async (): Promise<number> => {
  const began = performance.now();
  print(
    styleText(
      'bold',
      'Gatehouse demo: a local GitHub stand-in, an embedded PostgreSQL, the real app, and a cast of people.',
    ),
  );
  const stage = await openStage();
  const stop = async (): Promise<void> => {
    await stage.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  print(styleText('dim', `everything is up after ${Math.round(performance.now() - began)} ms`));
  try {
    const epic = await playStory(stage, (line, ms) => {
      print(
        `${styleText('dim', `${String(Math.round(ms)).padStart(5)} ms`)}  ${line}  ${styleText('green', progressOf(stage))}`,
      );
    });
    const finished = epic.state === 'closed' && /6 of 6/.test(progressOf(stage));
    print('');
    print(
      checklist(stage)
        .replace(/<!--.*?-->\n*/g, '')
        .split('```mermaid')[0]
        ?.trim() ?? '',
    );
    print('');
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    print(
      finished
        ? styleText('green', `The epic is done, ${seconds} s after the demo began.`)
        : 'The epic did not finish.',
    );
    if (once || !finished) {
      await stage.close();
      return finished ? 0 : 1;
    }
    await invite(stage);
    return await new Promise<number>(() => {});
  } catch (failure) {
    print(stage.house.output());
    await stage.close();
    throw failure;
  }
};

run()
  .then((code) => process.exit(code))
  .catch((failure: unknown) => {
    process.stderr.write(
      `The demo broke: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}\n`,
    );
    process.exit(1);
  });
