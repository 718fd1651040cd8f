/** A play for the bench: like a story's, with what it asks of GitHub counted. */
import { openPlay, type Play } from '../world/play.ts';
import { type Figure, judge, median } from './figure.ts';

const counted = async (
  play: Play,
  act: () => void,
): Promise<{ readonly requests: number; readonly ms: number }> => {
  play.github.clearRequests();
  const began = performance.now();
  act();
  await play.settles();
  return { requests: play.github.requests.length, ms: performance.now() - began };
};

const countIn = async (graphql: boolean): Promise<Readonly<Record<string, number>>> => {
  const play = await openPlay({ features: { graphql } });
  const says = (who: string, text: string) => () => {
    play.person(who).says(play.stage('1_define'), text);
  };
  try {
    await play.starts('feature', 'The first, so that labels and people are known');
    const pat = play.person('octo-pm');
    const epic = pat.opensIssue({ title: 'The one that counts', body: '' }, play.acme.shop);
    await play.settles();
    const opened = await counted(play, () => pat.labels(epic, 'workflow:feature'));
    await play.says('octo-pm', play.stage('1_define'), '/claim');
    await play.says('octo-pm', play.stage('1_define'), '/release');
    const claim = await counted(play, says('octo-pm', '/claim'));
    const submit = await counted(play, says('octo-pm', '/submit'));
    const approve = await counted(play, says('octo-em', '/approve'));
    const eng = play.person('octo-eng');
    const pull = eng.opensPullRequest({ title: 'Unlinked', body: '', branch: 'unlinked' });
    await play.settles();
    const push = await counted(play, () => {
      eng.pushes(pull);
    });
    const chat = await counted(play, says('octo-eng', 'nice work'));
    return {
      opened: opened.requests,
      claim: claim.requests,
      submit: submit.requests,
      approve: approve.requests,
      push: push.requests,
      chat: chat.requests,
    };
  } finally {
    await play.ends();
  }
};

/** Requests per act, counted, with GraphQL and with REST alone; ids known from an earlier epic. */
export const measureRequests = async (): Promise<readonly Figure[]> => {
  const by = { graphql: await countIn(true), rest: await countIn(false) };
  const both = (key: string): string => `${by.graphql[key]} / ${by.rest[key]}`;
  const worst = (key: string): number => Math.max(by.graphql[key] ?? 99, by.rest[key] ?? 99);
  const most = Math.max(worst('claim'), worst('submit'), worst('approve'));
  const wanted = Math.max(...['claim', 'submit', 'approve'].map((key) => by.graphql[key] ?? 99));
  const opened =
    (by.graphql['opened'] ?? 99) <= 3 && (by.rest['opened'] ?? 99) <= 18
      ? 'want'
      : (by.graphql['opened'] ?? 99) <= 8 && (by.rest['opened'] ?? 99) <= 24
        ? 'must'
        : 'no';
  return [
    {
      name: 'requests to open a 6-stage epic: GraphQL / REST alone',
      must: '≤ 8 / ≤ 24',
      want: '2–3 / 18',
      measured: both('opened'),
      holds: opened,
    },
    {
      name: 'requests for a claim; a submit; an approval: GraphQL / REST alone',
      must: '≤ 5',
      want: '≤ 2',
      measured: `${both('claim')}; ${both('submit')}; ${both('approve')}`,
      holds: most > 5 ? 'no' : wanted <= 2 ? 'want' : 'must',
    },
    {
      name: 'requests for a push to an unlinked pull request; for what changes nothing',
      must: '1; 0',
      want: '1; 0',
      measured: `${both('push')}; ${both('chat')}`,
      holds: worst('push') === 1 && worst('chat') === 0 ? 'want' : 'no',
    },
  ];
};

/** From the webhook to the first request to GitHub, with nothing else going on. */
export const measureLatency = async (rounds: number): Promise<Figure> => {
  const play = await openPlay();
  try {
    await play.starts('feature');
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      play.github.clearRequests();
      const began = Date.now();
      play.person('octo-pm').says(play.stage('1_define'), round % 2 === 0 ? '/claim' : '/release');
      await play.settles();
      const first = play.github.requests[0];
      if (first !== undefined) times.push(new Date(first.at).getTime() - began);
    }
    const p50 = median(times);
    return {
      name: 'webhook in → first request to GitHub, idle, p50',
      must: '≤ 15 ms',
      want: '≤ 5 ms',
      measured: `${p50.toFixed(0)} ms`,
      holds: judge(p50, 'at-most', 15, 5),
    };
  } finally {
    await play.ends();
  }
};

/** The whole tree after the label, paced as github.com asks. */
export const measurePaced = async (): Promise<Figure> => {
  const play = await openPlay({ env: { GATEHOUSE_THROTTLE: 'on' } });
  try {
    const pat = play.person('octo-pm');
    const epic = pat.opensIssue({ title: 'Paced', body: '' }, play.acme.shop);
    const { ms } = await counted(play, () => pat.labels(epic, 'workflow:feature'));
    const seconds = ms / 1_000;
    return {
      name: 'whole tree visible after the label, paced as on github.com',
      must: '≤ 10 s',
      want: '≤ 4 s',
      measured: `${seconds.toFixed(1)} s`,
      holds: judge(seconds, 'at-most', 10, 4),
    };
  } finally {
    await play.ends();
  }
};

/** SIGKILL while GitHub is being told; until it goes on after the start. */
export const measureKill = async (rounds: number): Promise<Figure> => {
  const play = await openPlay();
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const pat = play.person('octo-pm');
      const epic = pat.opensIssue({ title: `Killed ${round}`, body: '' }, play.acme.shop);
      await play.settles();
      play.github.latency = 100;
      play.github.clearRequests();
      pat.labels(epic, 'workflow:feature');
      while (play.github.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      await play.house.kill();
      play.github.clearRequests();
      const began = Date.now();
      await play.house.start();
      while (play.github.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      times.push(Date.now() - began);
      play.github.latency = 0;
      await play.settles();
    }
    const seconds = median(times) / 1_000;
    return {
      name: 'kill -9 in mid-effect: from restart until it goes on',
      must: '≤ 10 s',
      want: '≤ 2 s',
      measured: `${seconds.toFixed(2)} s`,
      holds: judge(seconds, 'at-most', 10, 2),
    };
  } finally {
    await play.ends();
  }
};
