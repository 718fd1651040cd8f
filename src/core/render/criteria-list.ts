/** The criteria and concerns of a gate as its stage issue lists them; nothing in it can be clicked, since boxes decide nothing (threats T48). */

import { openConcerns } from '../epic/open-concerns.ts';
import { code, nameOf } from '../epic/say-who.ts';
import type { NamedConcern, OpenedEpic, Stage, Tick } from '../epic/state.ts';
import { evidenceText } from './evidence-text.ts';
import { moment } from './moment.ts';
import { neutral } from './neutral.ts';

const mostConcerns = 20;

const behind = (tick: Tick): string => {
  const text = tick.how === 'ticked' ? evidenceText(tick.text) : neutral(tick.text);
  const how = tick.how === 'ticked' ? 'ticked' : '**waived**';
  return `${how} by ${nameOf(tick.by)} on ${moment(tick.at)}${text === '' ? '' : `: ${text}`}`;
};

const criterion = (stage: Stage, text: string, number: number): string => {
  const tick = stage.ticks?.find((one) => one.criterion === number);
  const shown = `**${number}** ${neutral(text, { max: 300 })}`;
  if (tick === undefined) return `- ⏳ ${shown}`;
  return `- ${tick.how === 'ticked' ? '✅' : '⚠️'} ${shown}: ${behind(tick)}`;
};

const concern = (one: NamedConcern, open: boolean): string => {
  const what = `${one.veto ? 'veto ' : ''}${code(one.id)} of ${nameOf(one.by)} on ${moment(one.at)}: ${neutral(one.text)}`;
  if (open) return `- ⛔ ${what}`;
  const { resolved } = one;
  if (resolved === undefined) return `- ✅ ${what} (lifted: they have approved since)`;
  const why = resolved.text === '' ? '' : `: ${neutral(resolved.text)}`;
  return `- ✅ ${what} (resolved by ${nameOf(resolved.by)} on ${moment(resolved.at)}${why})`;
};

const titled = (title: string, lines: readonly string[], hint: string): string =>
  lines.length === 0 ? '' : [`### ${title}`, '', ...lines, ...(hint === '' ? [] : ['', hint])].join('\n');

/** Two parts of a stage issue's body: what must be ticked, and what somebody has against passing the gate. */
export const criteriaList = (epic: OpenedEpic, stage: Stage): readonly string[] => {
  const criteria = stage.definition.gate?.criteria ?? [];
  const open = openConcerns(epic, stage);
  const left = Math.max((stage.concerns ?? []).length - mostConcerns, 0);
  const concerns = (stage.concerns ?? []).slice(-mostConcerns).map((one) => concern(one, open.includes(one)));
  const hint = `${code('/check <number> <evidence>')} ticks one, ${code('/waive <number> <why>')} lets one go.`;
  return [
    titled(
      'Criteria',
      criteria.map((text, index) => criterion(stage, text, index + 1)),
      hint,
    ),
    titled('Concerns', [...(left > 0 ? [`- … ${left} earlier ones`] : []), ...concerns], ''),
  ];
};
