/** Time at gates as slow and plain as possible: minute after minute, every clock is pushed on by hand and every alarm looked at. */
import type { StageDefinition } from '../../../src/core/workflow/definition.ts';

/** What people do in the property; who does it follows from what it is. */
export type Deed =
  | 'Claim'
  | 'Submit'
  | 'Extend'
  | 'Release'
  | 'Reject'
  | 'Block'
  | 'Unblock'
  | 'Skip'
  | 'Override'
  | 'ApproveEM'
  | 'ApproveVP'
  | 'ApproveWide';

interface Ours {
  readonly definition: StageDefinition;
  status: 'waiting' | 'ready' | 'in-progress' | 'in-review' | 'done' | 'skipped';
  /** How many blockers are open; with several, one must be named to be lifted. */
  blockers: number;
  /** Minutes, pushed on while they run. */
  inStatus: number;
  sinceSign: number;
  life: number | undefined;
  rung: Set<string>;
  /** Who approved in which minute. */
  approved: Map<'EM' | 'VP' | 'WIDE', number>;
  wide: boolean;
  excused: boolean;
  /** By an override, which is said once. */
  forced: boolean;
  /** Whether the gate was passed at the last look. */
  open: boolean;
}

/** Minutes of milliseconds. */
export const minute = 60_000;

/** An epic of two stages, `work` and `next`, watched minute by minute. */
export class TimeModel {
  now = 0;
  paused = false;
  readonly stages: readonly Ours[];
  /** `work remind 12`: what rang and when. */
  readonly rang: string[] = [];

  constructor(definitions: readonly StageDefinition[]) {
    this.stages = definitions.map((definition) => ({
      definition,
      status: 'waiting',
      blockers: 0,
      inStatus: 0,
      sinceSign: 0,
      life: undefined,
      rung: new Set(),
      approved: new Map(),
      wide: false,
      excused: false,
      forced: false,
      open: false,
    }));
    this.#follow();
  }

  /** Lets time go by. */
  pass(minutes: number): void {
    for (let count = 0; count < minutes; count += 1) {
      this.now += 1;
      if (this.paused) continue;
      for (const stage of this.stages.filter((one) => !isOver(one) && one.blockers === 0)) {
        stage.inStatus += 1;
        stage.sinceSign += 1;
        if (stage.life !== undefined) stage.life += 1;
      }
      this.#ring();
    }
  }

  pauses(): boolean {
    if (this.paused || this.#ended()) return false;
    this.paused = true;
    return true;
  }

  resumes(): boolean {
    if (!this.paused) return false;
    this.paused = false;
    this.#age();
    this.#follow();
    return true;
  }

  /** What grew old during a pause is asked for again when it is over, before anything follows from it. */
  #age(): void {
    for (const stage of this.stages) {
      for (const { kind, who } of dueOf(stage, this.now)) {
        if (who === undefined) continue;
        this.rang.push(`${stage.definition.key} ${kind} ${this.now}`);
        happen(stage, kind, who);
      }
    }
  }

  /** Does it if it may be done; answers whether. */
  does(deed: Deed, key: string): boolean {
    const stage = this.stages.find((one) => one.definition.key === key);
    if (stage === undefined || this.#ended()) return false;
    const done = this.#done(deed, stage);
    if (done) this.#follow();
    return done;
  }

  #ended(): boolean {
    return this.stages.every(isOver);
  }

  #done(deed: Deed, stage: Ours): boolean {
    if (deed === 'Block' || deed === 'Unblock') {
      // Without its name a blocker is lifted where it is the only one.
      if (isOver(stage) || (deed === 'Unblock' && stage.blockers !== 1)) return false;
      stage.blockers += deed === 'Block' ? 1 : -1;
      return true;
    }
    if (this.paused || isOver(stage)) return false;
    const mine = stage.status === 'in-progress';
    const waits = stage.status === 'in-review';
    if (deed === 'Claim')
      return stage.status === 'ready' && stage.blockers === 0 && enter(stage, 'in-progress');
    if (deed === 'Submit') return mine && stage.blockers === 0 && submit(stage);
    if (deed === 'Release') return mine && enter(stage, 'ready');
    if (deed === 'Extend') return mine && sign(stage);
    if (deed === 'Reject') return waits && reject(stage);
    if (deed === 'Skip') return stage.definition.gate?.explicitOnly !== true && enter(stage, 'skipped');
    if (deed === 'Override') {
      const may = waits && !stage.forced;
      if (may) Object.assign(stage, { excused: true, forced: true });
      return may;
    }
    const who = deed === 'ApproveEM' ? 'EM' : deed === 'ApproveVP' ? 'VP' : 'WIDE';
    if (!waits || (who === 'WIDE' && !stage.wide) || stage.approved.has(who) || missing(stage) === 0)
      return false;
    stage.approved.set(who, this.now);
    return true;
  }

  #follow(): void {
    for (let changed = true; changed && !this.paused; ) {
      changed = false;
      for (const [index, stage] of this.stages.entries()) {
        const before = this.stages[index - 1];
        if (stage.status === 'waiting' && (before === undefined || isOver(before))) {
          changed = enter(stage, 'ready');
          stage.life ??= 0;
        }
        if (stage.status === 'in-review') turn(stage);
        if (stage.status === 'in-review' && passed(stage) && stage.blockers === 0)
          changed = enter(stage, 'done');
      }
    }
  }

  /** The one that is due longest, and among equals the first of the first stage, until none is. */
  #ring(): void {
    for (;;) {
      const due = this.stages.flatMap((stage, index) =>
        dueOf(stage, this.now).map((one) => ({ ...one, stage, index })),
      );
      const [first] = due.sort(
        (one, other) => one.at - other.at || one.index - other.index || one.rank - other.rank,
      );
      if (first === undefined || this.#ended()) return;
      this.rang.push(`${first.stage.definition.key} ${first.kind} ${first.at}`);
      happen(first.stage, first.kind, first.who);
      this.#follow();
    }
  }
}

type Who = 'EM' | 'VP' | 'WIDE';

const isOver = (stage: Ours): boolean => stage.status === 'done' || stage.status === 'skipped';

const missing = ({ approved }: Ours): number =>
  Math.max(
    0,
    2 - ['EM', 'VP', 'WIDE'].filter((who) => [...approved.keys()].some((one) => one === who)).length,
  );

const passed = (stage: Ours): boolean => stage.excused || missing(stage) === 0;

/** Once a gate that was passed is not any more, people are waited for anew, and for as long. */
const turn = (stage: Ours): void => {
  if (stage.open && !passed(stage)) {
    stage.inStatus = 0;
    stage.rung = new Set([...stage.rung].filter((one) => one === 'due' || one === 'widen'));
  }
  stage.open = passed(stage);
};

const enter = (stage: Ours, status: Ours['status']): true => {
  stage.status = status;
  stage.open = false;
  stage.inStatus = 0;
  stage.sinceSign = 0;
  stage.rung = new Set([...stage.rung].filter((one) => one === 'due'));
  return true;
};

const submit = (stage: Ours): true => {
  Object.assign(stage, { wide: false, excused: false });
  return enter(stage, 'in-review');
};

const reject = (stage: Ours): true => {
  Object.assign(stage, { wide: false, excused: false, forced: false, approved: new Map() });
  return enter(stage, 'in-progress');
};

const sign = (stage: Ours): true => {
  stage.sinceSign = 0;
  stage.rung.delete('nudge');
  stage.rung.delete('expire');
  return true;
};

interface Due {
  readonly kind: string;
  readonly at: number;
  readonly rank: number;
  readonly who?: Who;
}

const dueOf = (stage: Ours, now: number): readonly Due[] => {
  if (isOver(stage)) return [];
  const { claimExpires, due, gate } = stage.definition;
  const timeouts = gate?.timeouts ?? {};
  const waits = stage.status === 'in-review' && !passed(stage);
  const mine = stage.status === 'in-progress';
  const looked: readonly (readonly [string, number | undefined, number | undefined, boolean])[] = [
    ['due', stage.life, due, true],
    ['nudge', stage.sinceSign, claimExpires === undefined ? undefined : claimExpires / 2, mine],
    ['expire', stage.sinceSign, claimExpires, mine],
    ['remind', stage.inStatus, timeouts.remindAfter, waits],
    ['escalate', stage.inStatus, timeouts.escalateAfter, waits],
    ['widen', stage.inStatus, timeouts.widenAfter, waits],
    ['approve', stage.inStatus, timeouts.approveAfter, waits],
    ['reject', stage.inStatus, timeouts.rejectAfter, waits],
  ];
  const clocks = looked.flatMap(([kind, ran, length, here], rank) =>
    here && ran !== undefined && length !== undefined && ran * minute >= length && !stage.rung.has(kind)
      ? [{ kind, at: now - (ran - length / minute), rank }]
      : [],
  );
  const validFor = gate?.validFor;
  const old = [...stage.approved].flatMap(([who, at], index) =>
    validFor !== undefined && (now - at) * minute >= validFor
      ? [{ kind: 'outdated', at: at + validFor / minute, rank: 10 + index, who }]
      : [],
  );
  return [...clocks, ...old];
};

const happen = (stage: Ours, kind: string, who: Who | undefined): void => {
  stage.rung.add(kind);
  if (kind === 'widen') stage.wide = true;
  if (kind === 'reject') reject(stage);
  if (kind === 'approve' && stage.definition.gate?.explicitOnly !== true) stage.excused = true;
  if (kind === 'expire') enter(stage, 'ready');
  if (who !== undefined) stage.approved.delete(who);
};
