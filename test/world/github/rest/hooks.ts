/** The app's delivery log over REST, and redelivery on request. */
import { notFound } from '../refusal.ts';
import { type Answer, appAsking, type Call, ok, param, type Route, route } from '../request.ts';
import type { Delivery, PostOffice } from '../webhooks.ts';

const ITEM = (one: Delivery) => ({
  id: one.id,
  guid: one.guid,
  delivered_at: one.at,
  redelivery: one.redelivery,
  duration: one.duration,
  status: one.status,
  status_code: one.statusCode,
  event: one.event,
  action: one.action,
  installation_id: one.installationId,
  repository_id: one.repositoryId,
  throttled_at: null,
});

/** Newest first, paged by cursor as GitHub does; entries still under way are not listed. */
function list(call: Call, office: PostOffice): Answer {
  appAsking(call);
  const size = Math.min(100, Number(call.query.get('per_page') ?? 30));
  const cursor = call.query.get('cursor');
  const failed = call.query.get('status') === 'failure';
  const all = office.deliveries
    .filter((one) => one.status !== 'pending' && !(failed && one.status === 'OK'))
    .toReversed();
  const from =
    cursor === null
      ? 0
      : Math.max(
          0,
          all.findIndex((one) => `v1_${one.id}` === cursor),
        );
  const next = all[from + size];
  const link =
    next === undefined
      ? {}
      : { link: `<${call.hub.url}/app/hook/deliveries?per_page=${size}&cursor=v1_${next.id}>; rel="next"` };
  return { status: 200, body: all.slice(from, from + size).map(ITEM), headers: link };
}

function one(call: Call, office: PostOffice): Answer {
  appAsking(call);
  const found = office.deliveries.find((delivery) => delivery.id === Number(param(call, 'delivery_id')));
  if (found === undefined) throw notFound();
  const request = {
    headers: { 'X-GitHub-Delivery': found.guid, 'X-GitHub-Event': found.event },
    payload: found.payload,
  };
  return ok({ ...ITEM(found), url: office.target ?? '', request, response: { headers: {}, payload: '' } });
}

function attempt(call: Call, office: PostOffice): Answer {
  appAsking(call);
  if (office.redeliver(Number(param(call, 'delivery_id'))) === undefined) throw notFound();
  return ok({}, 202);
}

function config(call: Call, office: PostOffice): Answer {
  appAsking(call);
  const { contentType, secret, insecureSsl } = call.hub.state.hook;
  const shown = secret ? { secret: '********' } : {};
  const url = office.target ?? '';
  return ok({ content_type: contentType, insecure_ssl: insecureSsl, url, ...shown });
}

export function hookRoutes(office: PostOffice): readonly Route[] {
  return [
    route('GET', '/app/hook/config', (call) => config(call, office)),
    route('GET', '/app/hook/deliveries', (call) => list(call, office)),
    route('GET', '/app/hook/deliveries/{delivery_id}', (call) => one(call, office)),
    route('POST', '/app/hook/deliveries/{delivery_id}/attempts', (call) => attempt(call, office)),
  ];
}
