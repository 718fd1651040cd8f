/** Shows the verdict on a commit: makes our check run, or changes the one that is there (contract §5). */
import { z } from 'zod';
import { priority } from '../governor.ts';
import { cutToFit } from './cut-to-fit.ts';
import type { Form } from './form.ts';
import type { WriteOf } from './write.ts';

/** The check's name (contract §2). */
export const checkName = 'gatehouse';

const restRun = z.object({ id: z.number(), node_id: z.string().default('') });
const graphqlRun = z.object({ checkRun: z.object({ databaseId: z.number(), id: z.string() }) });

const outputOf = ({ title, summary, text }: WriteOf<'put-check-run'>) => ({
  title: cutToFit(title, 'title'),
  summary: cutToFit(summary, 'output'),
  text: cutToFit(text, 'output'),
});

export const putCheckRun: Form<'put-check-run'> = {
  kind: 'put-check-run',
  priority: priority.check,
  creates: (write) => write.checkRunId === undefined && write.nodeId === undefined,
  rest: (write) => ({
    route:
      write.checkRunId === undefined
        ? 'POST /repos/{owner}/{repo}/check-runs'
        : 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
    params: {
      owner: write.repository.owner,
      repo: write.repository.name,
      ...(write.checkRunId === undefined ? { head_sha: write.headSha } : { check_run_id: write.checkRunId }),
      name: checkName,
      external_id: write.externalId,
      status: write.status,
      ...(write.conclusion === undefined ? {} : { conclusion: write.conclusion }),
      ...(write.detailsUrl === undefined ? {} : { details_url: write.detailsUrl }),
      output: outputOf(write),
    },
    read: (data) => {
      const run = restRun.parse(data);
      return { kind: 'put-check-run', checkRunId: run.id, nodeId: run.node_id };
    },
  }),
  graphql: (write, ids) => {
    // A run that is known by number only can be changed by REST only.
    if (write.checkRunId !== undefined && write.nodeId === undefined) return null;
    return {
      name: write.nodeId === undefined ? 'createCheckRun' : 'updateCheckRun',
      input: {
        repositoryId: ids.repository,
        ...(write.nodeId === undefined ? { headSha: write.headSha } : { checkRunId: write.nodeId }),
        name: checkName,
        externalId: write.externalId,
        status: write.status.toUpperCase(),
        ...(write.conclusion === undefined ? {} : { conclusion: write.conclusion.toUpperCase() }),
        ...(write.detailsUrl === undefined ? {} : { detailsUrl: write.detailsUrl }),
        output: outputOf(write),
      },
      selection: 'checkRun { id databaseId }',
      read: (data) => {
        const run = graphqlRun.parse(data).checkRun;
        return { kind: 'put-check-run', checkRunId: run.databaseId, nodeId: run.id };
      },
    };
  },
};
