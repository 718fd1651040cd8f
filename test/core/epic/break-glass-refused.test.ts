/** What somebody reads who is not the second person they would like to be, or comes too late. */
import { describe, expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import {
  cast,
  facts,
  type Given,
  on,
  opened,
  rulesWith,
  stage,
  started,
  type Wanted,
  workflow,
} from './given.ts';
import { said } from './said.ts';

const { pat, dan, olga, erin, vera, sam } = cast;
const gate = { name: 'go', approvers: ['EM'], class: 'production' } as const;
const definition = { ...workflow, stages: [stage('ship', { gate }), stage('next', { gate })] };
const bot = { id: 50, login: 'coder-bot[bot]' };
const rules = {
  ...rulesWith({ breakGlass: { people: 2, reviewWithin: 86_400_000 } }),
  roles: [{ role: 'OVERRIDER', names: ['olga', 'erin'] }],
};
const overrider = { rules, roles: ['OVERRIDER'] };
const placed = (of: typeof erin) => ({ ...overrider, instead: [{ role: 'OVERRIDER', of }] });
const confirm: Wanted = { type: 'Confirm', glass: 'g1' };
const verdict: Wanted = { type: 'GiveVerdict', glass: 'g1', text: 'right' };

const inReview = (): Given =>
  started(definition, { rules })
    .and(dan, on('ship', 'Claim'), { rules })
    .and(dan, on('ship', 'Submit'), { rules });
const asked = (what: 'Skip' | 'Override' = 'Override', more: object = overrider): Given =>
  inReview().and(olga, on('ship', what), more);
const used = (): Given => asked().and(erin, confirm, overrider);
const later = (given: Given, ms: number): string =>
  new Date(Date.parse(opened(given).glasses?.[0]?.at ?? '') + ms).toISOString();

describe('/confirm is refused', () => {
  test.each<[string, Given, Wanted, typeof erin, object]>([
    ['where nothing of that name waits', asked(), { ...confirm, glass: 'g2' }, erin, {}],
    ['to whoever asked', asked(), confirm, olga, {}],
    ['to whoever stands for them', asked(), confirm, sam, placed(olga)],
    ['to somebody in whose place it was asked for', asked('Override', placed(erin)), confirm, erin, {}],
    ['to somebody without the role', asked(), confirm, sam, { roles: [] }],
    ['to a machine nobody answers for', asked(), confirm, bot, {}],
    ['once it has taken effect', used(), confirm, vera, {}],
    ['while everything stands still', asked().and(pat, { type: 'Pause', reason: 'x' }), confirm, erin, {}],
    [
      'where the stage was skipped meanwhile',
      asked().and(olga, on('ship', 'Skip'), { rules: rulesWith() }),
      confirm,
      erin,
      {},
    ],
    [
      'where it was submitted anew',
      asked().and(erin, on('ship', 'Reject'), { rules }).and(dan, on('ship', 'Submit'), { rules }),
      confirm,
      erin,
      {},
    ],
    ['where it was rejected since', asked().and(erin, on('ship', 'Reject'), { rules }), confirm, erin, {}],
  ])('%s', (_, given, wanted, by, more) => {
    expect(said(given, by, wanted, { ...overrider, ...more })).toMatchSnapshot();
  });

  test('an hour and a moment later, and not before', () => {
    const given = asked();
    const late = { ...overrider, at: later(given, 3_600_001) };
    expect(said(given, erin, confirm, late)).toBe(
      '`g1` was asked for more than an hour ago.\n–\n`/override ship <why>`',
    );
    expect(given.when(erin, confirm, { ...overrider, at: later(given, 3_600_000) })).toContain('GlassUsed');
  });

  test('never because a stage was rejected whose skip was asked for', () => {
    const given = started(definition, { rules }).and(olga, on('ship', 'Skip'), overrider);
    expect(given.when(erin, confirm, overrider)).toContain('StageSkipped');
  });
});

test.each(['Skip', 'Override'] as const)(
  'a confirmed %s says who asked, for whom, why, and who looks at it until when',
  (what) => {
    const given = asked(what, placed(pat));
    const command = { ...confirm, ...facts(erin, overrider) } as EpicCommand;
    const { events } = decide(given.epic, command);
    const at = command.at;
    expect(events.slice(0, 2)).toEqual([
      { type: 'GlassUsed', glass: 'g1', reviewWithin: 86_400_000, at, by: erin },
      {
        type: what === 'Skip' ? 'StageSkipped' : 'GateOverridden',
        ...{ stage: 'ship', reason: 'because', at, by: olga, instead: pat },
      },
    ]);
  },
);

describe('/reviewed is refused', () => {
  test.each<[string, Given, Wanted, typeof erin, object]>([
    ['where nothing of that name waits', used(), { ...verdict, glass: 'g2' }, vera, {}],
    ['where it has not taken effect', asked(), verdict, vera, {}],
    ['to whoever asked', used(), verdict, olga, {}],
    ['to whoever confirmed', used(), verdict, erin, {}],
    ['to whoever stands for who confirmed', used(), verdict, sam, placed(erin)],
    ['to somebody without the role', used(), verdict, sam, { roles: [] }],
    ['to a machine nobody answers for', used(), verdict, bot, {}],
    ['without words', used(), { ...verdict, text: ' ' }, vera, {}],
    ['once somebody has', used().and(vera, verdict, overrider), verdict, sam, {}],
  ])('%s', (_, given, wanted, by, more) => {
    expect(said(given, by, wanted, { ...overrider, ...more })).toMatchSnapshot();
  });

  test('where nobody has to look at it', () => {
    const free = {
      ...overrider,
      rules: { ...rules, policy: rulesWith({ breakGlass: { people: 2 } }).policy },
    };
    const given = inReview().and(olga, on('ship', 'Override'), free).and(erin, confirm, free);
    expect(said(given, vera, verdict, free)).toBe('Nothing of that name waits for a review.\n–\n–');
  });

  test('where the deed was taken back', () => {
    const given = used().and(
      olga,
      { type: 'Undo', on: { kind: 'stage', stage: 'ship' }, reason: 'x' } as Wanted,
      overrider,
    );
    expect(said(given, vera, verdict, overrider)).toBe('Nothing of that name waits for a review.\n–\n–');
  });
});
