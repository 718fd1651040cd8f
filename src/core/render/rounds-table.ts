/** The rounds of a stage that are over beside each other: what came of each, by whom, how long it took (issue 4: rounds are compared). */
import { pastRounds } from '../epic/round-of.ts';
import { list, nameOf } from '../epic/say-who.ts';
import type { PastRound, Stage } from '../epic/state.ts';
import { writeDuration } from '../workflow/duration.ts';
import { approvalsOf } from './approvals-of.ts';

const mostShown = 15;
const minute = 60_000;

const lasted = ({ openedAt, endedAt }: PastRound): string => {
  const ms = Date.parse(endedAt) - Date.parse(openedAt);
  return ms < minute ? 'less than a minute' : writeDuration(Math.floor(ms / minute) * minute);
};

const row = (past: PastRound): string => {
  const { round, outcome, issue, claimant, submission, pulls } = past;
  const approvers = [...new Set(approvalsOf(past).map(({ by }) => nameOf(by)))];
  const cells = [
    `${round}${issue === undefined ? '' : ` (#${issue.number})`}`,
    outcome.replace('-', ' '),
    claimant === undefined ? '–' : nameOf(claimant),
    String(submission),
    approvers.length === 0 ? '–' : list(approvers),
    pulls.length === 0 ? '–' : pulls.map(({ number }) => `#${number}`).join(' '),
    lasted(past),
  ];
  return `| ${cells.join(' | ')} |`;
};

/** Nothing in the first round. */
export const roundsTable = (stage: Stage): string => {
  const past = pastRounds(stage);
  if (past.length === 0) return '';
  return [
    '### Earlier rounds',
    '',
    '| round | came to | claimed by | submitted | approved by | pull requests | took |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...past.slice(-mostShown).map(row),
  ].join('\n');
};
