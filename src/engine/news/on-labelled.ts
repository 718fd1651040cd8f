/** A label was put on an issue: where it names a workflow, an epic begins (contract §2). */
import type { Epic } from '../../core/epic/state.ts';
import type { EpicId } from '../../core/epic/subject.ts';
import {
  brokenConfigurationReply,
  secondWorkflowReply,
  strangerStartReply,
  unheldRolesReply,
  unknownWorkflowReply,
} from '../../core/render/reply.ts';
import { readMembers } from '../../core/workflow/member.ts';
import { suggest } from '../../core/workflow/suggest.ts';
import { permissionOf } from '../../github/facts/permission.ts';
import { pinMembers } from '../../github/facts/roles-held.ts';
import type { News } from '../../github/incoming/news.ts';
import { isOurs } from '../../github/outgoing/ours.ts';
import { workflowLabel } from '../../github/workflow-label.ts';
import { rereadComments } from '../../ledger/reread.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { askRoles } from '../ask.ts';
import { epicLane } from '../engine.ts';
import { type FoundWorkflow, findWorkflow } from '../find-workflow.ts';
import { pinsOf } from '../ledger-pins.ts';
import { type RepositoryRules, rulesOf } from '../repository-rules.ts';
import { say } from '../say.ts';
import { askerFor, type Fate, factsFrom, type Reading } from './reading.ts';

type Labelled = Extract<News, { kind: 'labelled' }>;

const reply = (reading: Reading, news: Labelled, name: string, text: string): void => {
  const { number, nodeId } = news.issue;
  // In the lane that is held: there may be no epic to have a lane of its own.
  reading.desk.promise(say(reading.lane, name, { repository: reading.site.ref, number, nodeId, text }));
};

/** Labels also come from issue forms that anybody may fill in: starting takes a role here, or triage rights (threats T50). */
const mayStart = async (reading: Reading, rules: RepositoryRules, news: Labelled): Promise<boolean> => {
  const { asked: _, ...asker } = askerFor(reading, rules);
  const all = rules.configuration.roles.map((entry) => entry.role);
  const byName = rules.configuration.roles.map((entry) => ({
    role: entry.role,
    members: entry.members.filter((member) => member.kind === 'user'),
  }));
  const listed = { ...rules, configuration: { ...rules.configuration, roles: byName } };
  if ((await askRoles({ ...asker, rules: listed }, news.by, all)).length > 0) return true;
  return !news.by.bot && (await permissionOf(reading.site.client, reading.site.ref, news.by)).triage;
};

const unknown = (reading: Reading, rules: RepositoryRules, news: Labelled, name: string): void => {
  const known = [
    ...new Set([...rules.workflows, ...reading.engine.stock].map((one) => one.definition.name)),
  ].sort();
  reply(reading, news, `unknown-workflow:${name}`, unknownWorkflowReply(name, known, suggest(name, known)));
};

/** A label replayed after the epic ended starts nothing: a new round takes a label put on since (threats T03). */
const isOld = (epic: Epic, news: Labelled): boolean =>
  epic.status !== 'unopened' &&
  epic.endedAt !== undefined &&
  news.issue.updatedAt < epic.endedAt.replace(/\.\d+Z$/, 'Z');

/** A minute's grace: GitHub's clock is not ours. */
const grace = 60_000;

/** What was typed since the label was put on, but reached us before it, was said to this epic: it is read again in its lane. */
const hearEarlier = ({ desk, site }: Reading, { issue }: Labelled, epicId: string): void => {
  const since = new Date(Date.parse(issue.updatedAt) - grace);
  if (Number.isNaN(since.getTime())) return;
  const of = { repositoryId: site.known.id, number: issue.number, since };
  desk.also(async (tx) => {
    await rereadComments(tx, of);
  }, epicLane(epicId));
};

const start = async (
  reading: Reading,
  rules: RepositoryRules,
  news: Labelled,
  found: FoundWorkflow,
): Promise<void> => {
  const { site, desk, delivery } = reading;
  const { issue } = news;
  const { roles, delegations = [] } = rules.configuration;
  const absent = { role: '', members: readMembers(delegations.flatMap(({ from, to }) => [from, to])) };
  await pinMembers(site.client, pinsOf(reading.engine.db, site.known.id), [...roles, absent]);
  const facts = {
    ...factsFrom(reading, news.by, `delivery/${delivery.guid}`),
    rules: rulesOf(rules.configuration),
  };
  const subject = {
    repository: site.ref,
    issue: { number: issue.number, id: issue.id, nodeId: issue.nodeId },
  };
  const { definition, source } = found;
  const author = { id: issue.author.id, login: issue.author.login };
  const epicId = String(issue.id) as EpicId;
  const decision = await desk.handle(epicId, {
    ...facts,
    type: 'Open',
    subject,
    title: issue.title,
    author,
    definition,
    source,
  });
  if (decision === 'handled') return;
  const { refusal, events } = decision;
  if (refusal !== undefined)
    reply(reading, news, `second-workflow:${definition.name}`, secondWorkflowReply(refusal));
  if (events.length === 0) return;
  reading.engine.log.info(
    {
      epic: epicId,
      delivery: delivery.guid,
      repository: site.known.id,
      number: issue.number,
      workflow: definition.name,
    },
    'epic opened',
  );
  hearEarlier(reading, news, epicId);
  const needed = new Set(definition.stages.flatMap((stage) => stage.gate?.approvers ?? []));
  const held = rules.configuration.roles
    .filter((entry) => entry.members.length > 0)
    .map((entry) => entry.role);
  const unheld = [...needed].filter((role) => !held.includes(role));
  if (unheld.length > 0)
    reply(reading, news, `unheld:${events.length}:${delivery.guid}`, unheldRolesReply(unheld));
};

/** An issue of ours whose number is not written down yet is a stage or a checklist, and begins no epic of its own. */
const isOwnIssue = async ({ site }: Reading, { issue: { author, appId } }: Labelled): Promise<boolean> => {
  const app = appId === undefined ? null : { id: appId };
  return author.bot && (await isOurs(site.client, { user: author, performed_via_github_app: app }));
};

/** Starts the epic, or says in one comment why not. Labels that name no workflow mean nothing. */
export const onLabelled = async (reading: Reading, news: Labelled): Promise<Fate> => {
  const name = workflowLabel(news.label);
  if (name === undefined || !news.issue.open || news.issue.isPull) return 'ignored';
  const { desk, site } = reading;
  const known = await subjectOf(desk.hold, site.known.id, news.issue.number);
  if (known !== undefined && known.kind !== 'epic') return 'ignored';
  if (await isOwnIssue(reading, news)) return 'ignored';
  const epic = await desk.epic(String(news.issue.id));
  if ((epic.status === 'running' || epic.status === 'paused') && epic.definition.name === name)
    return 'ignored';
  if (isOld(epic, news)) return 'ignored';
  const rules = await reading.rules();
  if (!(await mayStart(reading, rules, news))) {
    reply(reading, news, `stranger:${news.by.id}:${name}`, strangerStartReply(news.by, name));
    return 'done';
  }
  if (rules.broken !== null) {
    reply(reading, news, `broken:${rules.commit ?? ''}`, brokenConfigurationReply([rules.broken]));
    return 'done';
  }
  const found = findWorkflow(reading.engine.stock, rules, name);
  if (found === undefined) unknown(reading, rules, news, name);
  else if ('problems' in found)
    reply(reading, news, `broken:${rules.commit ?? ''}`, brokenConfigurationReply([found]));
  else await start(reading, rules, news, found);
  return 'done';
};
