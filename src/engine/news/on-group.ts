/** A merge queue built a group: its check is the "and" of its members' (contract §5, threats T63). */
import type { News } from '../../github/incoming/news.ts';
import { readMergeGroup, saveMergeGroup } from '../../ledger/merge-groups.ts';
import { groupWish } from '../wish-paint.ts';
import type { Fate, Reading } from './reading.ts';

type Group = Extract<News, { kind: 'group-asked' | 'group-destroyed' }>;

const memberIn = (headRef: string): number | null => {
  const number = /\/pr-(\d+)-[0-9a-f]+$/.exec(headRef)?.[1];
  return number === undefined ? null : Number(number);
};

export const onGroup = async (reading: Reading, news: Group): Promise<Fate> => {
  const { desk, site } = reading;
  const repositoryId = site.known.id;
  // A group that was destroyed never comes back: its head is another the next time (threats T03).
  const known = await readMergeGroup(desk.hold, repositoryId, news.headSha);
  if (known?.state === 'destroyed') return 'ignored';
  const frame = news.kind === 'group-asked' ? news : { baseSha: '', headRef: '' };
  const state = news.kind === 'group-asked' ? ('checks_requested' as const) : ('destroyed' as const);
  const group = { repositoryId, headSha: news.headSha, baseSha: frame.baseSha, headRef: frame.headRef };
  desk.also((tx) => saveMergeGroup(tx, { ...group, number: memberIn(frame.headRef), state }));
  if (news.kind === 'group-asked') desk.promise(groupWish(repositoryId, news.headSha));
  return 'done';
};
