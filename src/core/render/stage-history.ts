/** What people did to a stage that others must see: override, skip, rejection, blockers, evidence, pull requests. */

import type { Question } from '../epic/question.ts';
import { roundOf } from '../epic/round-of.ts';
import { code, nameOf } from '../epic/say-who.ts';
import type { OpenedEpic, Pull, Stage, Statement } from '../epic/state.ts';
import { actorOf } from '../epic/substitution.ts';
import { timedOutWords } from '../epic/timed-out.ts';
import { evidenceText } from './evidence-text.ts';
import type { Section } from './issue-picture.ts';
import { moment } from './moment.ts';
import { neutral } from './neutral.ts';

const mostShown = 15;

const said = (statement: Statement, text = neutral(statement.text)): string =>
  `${actorOf(statement)} on ${moment(statement.at)}${text === '' ? '' : `: ${text}`}`;

const alert = (kind: 'CAUTION' | 'WARNING' | 'IMPORTANT', what: string): string => `> [!${kind}]\n> ${what}`;

const latest = (title: string, lines: readonly string[]): string => {
  if (lines.length === 0) return '';
  const left = lines.length - mostShown;
  return [
    `### ${title}`,
    '',
    ...(left > 0 ? [`- … ${left} earlier ones`] : []),
    ...lines.slice(-mostShown),
  ].join('\n');
};

const pullLine = (pull: Pull): string => {
  const aside = pull.link === 'linked' ? '' : ' · link not confirmed yet';
  return `- #${pull.number} · ${pull.state}${aside} · head \`${pull.head.slice(0, 7)}\` · by ${nameOf(pull.author)}`;
};

const glassLines = ({ glasses = [] }: OpenedEpic, stage: Stage): readonly string[] =>
  glasses
    .filter((one) => one.stage === stage.definition.key)
    .map(({ id, what, used, verdict, undone, ...asked }) => {
      const [done, by] =
        used === undefined ? ['not confirmed', ''] : ['took effect', ` by the word of ${nameOf(used.by)}`];
      const looked = verdict === undefined ? '' : ` → reviewed by ${said(verdict)}`;
      const back = undone === undefined ? '' : ` → taken back by ${nameOf(undone.by)}`;
      return `- ⚠ ${code(id)} ${what} · ${said(asked)} → ${done}${by}${looked}${back}`;
    });

const questionLine = (question: Question): string => {
  const { id, kind, answer, withdrawn } = question;
  const asked = `${code(id)} ${kind === 'evidence' ? 'asks for evidence · ' : ''}${said(question)}`;
  if (answer !== undefined) return `- ✅ ${asked} → ${said(answer, evidenceText(answer.text))}`;
  if (withdrawn !== undefined) return `- ↶ ${asked} → withdrawn by ${said(withdrawn)}`;
  return `- ❓ ${asked} → **not answered yet**`;
};

/** The sections between a stage's state and its task; evidence goes before the loud ones where space is short. */
export const stageHistory = (epic: OpenedEpic, stage: Stage): readonly Section[] => {
  const pulls = epic.pulls.filter(
    (pull) => pull.stage === stage.definition.key && roundOf(pull) === roundOf(stage),
  );
  const timedOut = timedOutWords(epic, stage);
  const evidence = stage.evidence.map((one) => `- ${said(one, evidenceText(one.text))}`);
  return [
    { text: stage.skip === undefined ? '' : alert('CAUTION', `**SKIPPED** by ${said(stage.skip)}`) },
    {
      text:
        stage.override === undefined
          ? ''
          : alert('CAUTION', `Gate **OVERRIDDEN** by ${said(stage.override)}`),
    },
    {
      text:
        stage.timedOut === undefined || timedOut === undefined
          ? ''
          : alert(
              'CAUTION',
              `Gate **${timedOut}** ${moment(stage.timedOut.at)}: ${neutral(stage.timedOut.text)}`,
            ),
    },
    {
      text: stage.rejection === undefined ? '' : alert('WARNING', `**Rejected** by ${said(stage.rejection)}`),
    },
    { text: latest('Break-glass', glassLines(epic, stage)) },
    {
      text:
        stage.overLimit === undefined
          ? ''
          : alert('IMPORTANT', `Claimed **beyond the limit** by ${said(stage.overLimit)}`),
    },
    {
      text: latest(
        'Blockers',
        stage.blockers.map((one) => `- ■ ${one.id === '' ? '' : `${code(one.id)} `}${said(one)}`),
      ),
    },
    { text: latest('Questions', (stage.questions ?? []).map(questionLine)) },
    { text: stage.note === '' ? '' : `**Note of the claimant:** ${neutral(stage.note)}`, spare: 1 },
    { text: latest('Pull requests', pulls.map(pullLine)) },
    { text: latest('Evidence', evidence), spare: 3 },
  ];
};
