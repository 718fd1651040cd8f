/** Strokes that make an issue and change one: only what is ours is touched, whatever people put beside it (invariant I12). */
import type { EpicObject } from '../../core/epic/object.ts';
import type { Person } from '../../core/epic/person.ts';
import { pastRounds } from '../../core/epic/round-of.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import type { IssueRef } from '../../core/epic/subject.ts';
import type { IssuePicture } from '../../core/render/issue-picture.ts';
import type { IssueShown } from '../../github/outgoing/read-issue.ts';
import type { Write } from '../../github/outgoing/write.ts';
import type { Canvas, Stroke } from './canvas.ts';
import { lookAt } from './look-at.ts';
import { type Memory, memoryOf } from './memory.ts';
import { digestOf } from './pictures.ts';
import { relabel } from './relabel.ts';
import { takesTicks, ticksIn, ticksSeen, withTicks } from './ticks.ts';

/** An issue that reads differently from what it should; `plain`: how it should look, without anybody's ticks. */
export interface Changed {
  readonly object: EpicObject;
  readonly issue: IssueRef;
  readonly plain: IssuePicture;
}

const peopleOf = (epic: OpenedEpic, logins: readonly string[]): readonly Person[] =>
  logins.flatMap((login) => {
    const rounds = epic.stages.flatMap((stage) => [stage, ...pastRounds(stage)]);
    return rounds.find(({ claimant }) => claimant?.login === login)?.claimant ?? [];
  });

const contentOf = ({ epic }: Canvas, { title, body, assignees }: IssuePicture) => ({
  title,
  body,
  assignees: peopleOf(epic, assignees),
});

const memoryNow = ({ painted }: Canvas, object: string): Memory => memoryOf(painted.get(object)?.remote);

/** The stroke that makes an object's issue. */
export const creation = (canvas: Canvas, object: string, picture: IssuePicture): Stroke => {
  const { labels } = picture;
  const place = { key: object, repository: canvas.site.ref };
  const write: Write = { kind: 'create-issue', ...place, ...contentOf(canvas, picture), labels };
  const { ticks } = memoryNow(canvas, object);
  const written = [...ticksIn(picture.body)];
  const memory = { ...(ticks && { ticks }), labels: [...labels], written };
  // Every issue is born open.
  return { writes: [write], object, digest: digestOf({ ...picture, state: 'open' }), memory };
};

/** Labels first: what a document says of the issue then is what people left there. */
const labelWrites = (
  canvas: Canvas,
  { object, issue, plain }: Changed,
  shown: IssueShown | undefined,
): readonly Write[] => {
  const memory = memoryNow(canvas, object);
  const place = { repository: canvas.site.ref, issue };
  const { put, off } = relabel(plain.labels, memory, shown);
  const looks = shown === undefined && takesTicks(plain);
  const labels = put.length === 0 && looks ? plain.labels : put;
  return [
    ...(labels.length === 0
      ? []
      : [{ kind: 'add-labels' as const, key: `labels:${object}`, ...place, labels }]),
    ...off.map((label) => ({
      kind: 'remove-label' as const,
      key: `unlabel:${label}:${object}`,
      ...place,
      label,
    })),
  ];
};

/** Without documents one request says it all: the whole list, with what was seen there a moment ago. */
const wholeList = (
  canvas: Canvas,
  { object, plain }: Changed,
  shown: IssueShown | undefined,
): { readonly labels?: readonly string[] } | undefined => {
  if (shown === undefined || canvas.site.client.features.has('graphql') !== 'no') return undefined;
  const { put, off } = relabel(plain.labels, memoryNow(canvas, object), shown);
  if (put.length + off.length === 0) return {};
  return { labels: [...shown.labels.filter((label) => !off.includes(label)), ...put] };
};

const update = (canvas: Canvas, changed: Changed, shown: IssueShown | undefined): Stroke => {
  const { object, issue, plain } = changed;
  const memory = memoryNow(canvas, object);
  const boxes = takesTicks(plain);
  const ticks = boxes && shown !== undefined ? ticksSeen(memory, shown.body) : memory.ticks;
  const picture = { ...plain, body: withTicks(plain.body, ticks ?? []) };
  const list = wholeList(canvas, changed, shown);
  const write: Write = {
    kind: 'update-issue',
    key: object,
    repository: canvas.site.ref,
    issue,
    ...contentOf(canvas, picture),
    ...list,
    state: picture.state,
    ...(picture.stateReason === undefined ? {} : { stateReason: picture.stateReason }),
  };
  return {
    writes: [...(list === undefined ? labelWrites(canvas, changed, shown) : []), write],
    object,
    digest: digestOf(picture),
    memory: {
      ...(ticks === undefined ? {} : { ticks: [...ticks] }),
      written: [...ticksIn(picture.body)],
      labels: [...plain.labels],
    },
  };
};

/** The strokes that make issues show what they should, after a look at those of which too little is known. */
export const updates = async (canvas: Canvas, changed: readonly Changed[]): Promise<readonly Stroke[]> => {
  const seen = await lookAt(canvas, changed);
  return changed.map((one) => update(canvas, one, seen.get(one.object)));
};
