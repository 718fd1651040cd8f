/** One review handed to the engine with everything around it answered by hand: which commands it becomes. */
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { emptyConfiguration } from '../../../src/core/workflow/configuration.ts';
import type { Finding } from '../../../src/engine/note-review.ts';
import { noteReview } from '../../../src/engine/note-review.ts';
import { cast, opened, submitted } from '../../core/epic/given.ts';
import { link, sha } from '../../core/epic/pulls.ts';

/** An approving review of `build` by somebody who holds EM: through an app, by a bot, or neither. */
export const openDoubtfulReview = async (how: {
  readonly viaApp: boolean;
  readonly bot: boolean;
}): Promise<readonly EpicCommand['type'][]> => {
  const epic = opened(submitted().and(cast.pat, link('build', 7)));
  const commands: EpicCommand['type'][] = [];
  const by = { id: 3, login: how.bot ? 'erin[bot]' : 'erin', bot: how.bot };
  const pull = {
    number: 7,
    state: 'open',
    user: { id: 2, login: 'dan' },
    head: { ref: 'x', sha: sha('a'), repo: { id: 9 } },
    base: { ref: 'main', sha: sha('0'), repo: { id: 9 } },
  };
  const finding = {
    desk: {
      epic: async () => epic,
      handle: async (_: string, command: EpicCommand) => {
        commands.push(command.type);
        return { events: [] };
      },
    },
    asker: {
      on: undefined,
      site: {
        known: { id: 9 },
        ref: epic.subject.repository,
        client: { get: async () => ({ status: 200, data: pull, headers: {} }) },
      },
      rules: {
        commit: null,
        configuration: emptyConfiguration,
        broken: null,
        workflows: [],
        brokenWorkflows: [],
      },
      at: '2026-02-01T00:00:00.000Z',
      asked: new Map([
        [JSON.stringify([9, 3, ['EM', 'VP'], []]), Promise.resolve({ roles: ['EM'], instead: [] })],
      ]),
    },
    epicId: '100',
    number: 7,
    at: '2026-02-01T00:00:00.000Z',
    source: 'test',
  } as unknown as Finding;
  const review = { id: 1, by, verdict: 'approved' as const, commit: sha('a'), text: '', viaApp: how.viaApp };
  await noteReview(finding, review);
  return commands;
};
