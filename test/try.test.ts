import { test } from 'vitest';
import { startGitHub } from '/work/main/test/world/github/stand-in.ts';
import { seedAcme } from '/work/main/test/world/github/world.ts';
import { freshDatabase } from '/work/main/test/world/database.ts';
import { app, prepareHouse, settled } from '/work/main/test/world/house.ts';
for (const graphql of [true, false])
test('try ' + graphql, async () => {
  const github = await startGitHub({ appId: app.id, webhookSecret: app.secret, publicKey: app.key.publicKey, features: { graphql }, verifyAnswers: true });
  const acme = seedAcme(github);
  const db = await freshDatabase();
  const house = await prepareHouse({ githubUrl: github.url, databaseUrl: db.url, env: { LOG_LEVEL: 'info' } });
  await house.start();
  github.webhookTarget = house.webhooks;
  const step = async (what: string, f: () => void) => {
    github.clearRequests(); const t = performance.now(); f();
    try { await settled(db.url, github, 8000); } catch (e) { console.log(String(e)); console.log(house.output()); throw e; }
    console.log(what, Math.round(performance.now()-t) + 'ms', github.requests.map((r: any) => `${r.method} ${r.path} ${r.status}`).join('\n   '));
  };
  const pm = github.person('octo-pm');
  try {
  let epic: any;
  await step('open', () => { epic = pm.opensIssue({ title: 'Faster checkout', body: 'x' }, acme.shop); });
  await step('label', () => pm.labels(epic, 'workflow:feature'));
  const issues = () => [...(github.state.issues as any).values()].filter((i: any) => !i.pull);
  for (const i of issues()) console.log(i.number, i.title, i.labels?.map?.((l: any) => l.name ?? l), i.state);
  console.log(issues().find((i: any) => i.title.startsWith('[feature]'))?.body);
  const stage = (k: string) => issues().find((i: any) => i.title.startsWith(k + ':'));
  console.log(stage('1_define')?.body);
  await step('claim', () => pm.says(stage('1_define'), '/claim'));
  await step('submit', () => pm.says(stage('1_define'), '/submit ready'));
  await step('wrong approve', () => pm.says(stage('1_define'), '/approve'));
  await step('approve', () => github.person('octo-em').says(stage('1_define'), '/approve'));
  for (const i of issues()) console.log(i.number, i.title, i.state);
  console.log(issues().find((i: any) => i.title.startsWith('[feature]'))?.body);
  console.log(house.output().slice(-3000));
  console.log(github.violations);
  } finally { await house.stop(); await github.close(); await db.drop(); }
});
