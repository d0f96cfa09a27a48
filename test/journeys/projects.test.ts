import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NowAnswer, Project, ProjectKeyItem, RulesTrial } from '../../src/api/contract.ts';
import type { EventAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import { runClient } from '../harness/sentry.ts';
import { eventually, startServer, type RunningServer } from '../harness/server.ts';

const json = (method: string, body: object): RequestInit => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Throws in a function, by Sentry's own SDK. */
const THROW = `
  const Sentry = require('sentry-node-11');
  Sentry.init({ dsn: process.argv.at(-1) });
  function pay() { throw new TypeError(process.argv[1]); }
  try { pay(); } catch (error) { Sentry.captureException(error, { extra: { customer: 'ann', password: 'x' } }); }
  Sentry.close(20000).then((whole) => process.exit(whole ? 0 : 3));
`;

const issuesOf = async (server: RunningServer, project: string): Promise<IssuesAnswer['issues']> =>
  (await server.json<IssuesAnswer>(`/api/v1/issues?project=${project}&sort=new`)).issues;

void test('keys of a project are its own, revoked ones are refused in words, and one may have a limit', async () => {
  await using server = await startServer();
  const shop = await server.json<Project>('/api/v1/projects', json('POST', { name: 'shop' }));
  const phone = await server.json<ProjectKeyItem>('/api/v1/projects/shop/keys', json('POST', { label: 'phone' }));
  await runClient(process.execPath, ['-e', THROW, 'by the first key'], shop.dsn);
  await runClient(process.execPath, ['-e', THROW, 'by the second'], phone.dsn);
  await eventually(
    () => issuesOf(server, 'shop'),
    (issues) => issues.reduce((sum, { allEvents }) => sum + allEvents, 0) === 2,
  );

  const send = (dsn: string, headers: Record<string, string> = {}): Promise<Response> => {
    const { username, origin, pathname } = new URL(dsn);
    return fetch(`${origin}/api${pathname}/store/?sentry_key=${username}`, { method: 'POST', headers, body: JSON.stringify({ message: 'hello' }) });
  };
  await server.json('/api/v1/projects/shop/keys/' + String(shop.keys[0].id), json('PUT', { active: false }));
  const refused = await send(shop.dsn);
  assert.equal(refused.status, 403);
  assert.match(((await refused.json()) as { detail: string }).detail, /the key 'Default' of project shop is revoked/);
  assert.equal((await server.json<Project>('/api/v1/projects/shop')).dsn, phone.dsn);
  assert.equal((await send(phone.dsn)).status, 200);

  await server.json(`/api/v1/projects/shop/keys/${phone.id}`, json('PUT', { mostPerMinute: 2 }));
  const answers = [await send(phone.dsn), await send(phone.dsn), await send(phone.dsn)];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 429],
  );
  assert.match(answers[2].headers.get('x-sentry-rate-limits') ?? '', /^60:error;default;security:key$/);
  const { projects } = await server.json<NowAnswer>('/api/v1/now');
  assert.equal((await send(projects[0].dsn)).status, 200, 'another project goes on');
});

void test('pages of other origins are refused once a project has a list, programs are not', async () => {
  await using server = await startServer();
  const project = await server.json<Project>('/api/v1/projects/default', json('PUT', { settings: { origins: ['*.shop.example'] } }));
  const { username, origin, pathname } = new URL(project.dsn);
  const send = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${origin}/api${pathname}/store/?sentry_key=${username}`, { method: 'POST', headers, body: JSON.stringify({ message: 'hello' }) });
  assert.equal((await send({ origin: 'https://www.shop.example' })).status, 200);
  assert.equal((await send({})).status, 200);
  const refused = await send({ origin: 'https://evil.example' });
  assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [403, '*']);
  assert.match(refused.headers.get('x-sentry-error') ?? '', /cannot accept events from https:\/\/evil\.example/);
  const answer = await fetch(`${server.url}/api/v1/projects/default`, json('PUT', { settings: { origins: ['no origin'] } }));
  assert.deepEqual([answer.status, /'no origin' is no origin; write example\.org/.test(await answer.text())], [400, true]);
});

void test('rules of a project are tried on what came, and hold for the next event of a real SDK', async () => {
  await using server = await startServer();
  const { dsn } = await server.json<Project>('/api/v1/projects/default');
  const run = (value: string): Promise<string> => runClient(process.execPath, ['-e', THROW, value], dsn);
  await run('connection refused by 10.0.0.1');
  await eventually(
    () => issuesOf(server, 'default'),
    ({ length }) => length === 1,
  );

  const rules = { fingerprintRules: 'error.value:*refused* -> no-connection title="No connection"' };
  const trial = await server.json<RulesTrial>('/api/v1/projects/default/rules', json('POST', rules));
  assert.deepEqual([trial.events.length, trial.issues, trial.groups], [1, 1, 1]);
  assert.deepEqual([trial.events[0].changes, trial.events[0].title, trial.events[0].rule], [true, 'No connection', rules.fingerprintRules]);
  const wrong = await fetch(`${server.url}/api/v1/projects/default`, json('PUT', { settings: { fingerprintRules: 'error.value:x\nnonsense' } }));
  assert.equal(wrong.status, 400);
  assert.match(await wrong.text(), /line/);

  await server.json('/api/v1/projects/default', json('PUT', { settings: { ...rules, scrub: { fields: ['customer'] } } }));
  await run('connection refused by 10.0.0.1');
  await eventually(
    () => issuesOf(server, 'default'),
    ({ length }) => length === 2,
  );
  const [issue] = await issuesOf(server, 'default');
  assert.equal(issue.title, 'No connection');
  // What is left out of a change stays.
  const { settings } = await server.json<Project>('/api/v1/projects/default', json('PUT', { settings: { scrub: { ips: true } } }));
  assert.deepEqual([settings.scrub.fields, settings.scrub.ips, settings.fingerprintRules], [['customer'], true, rules.fingerprintRules]);
  const { event, grouping } = await server.json<EventAnswer>(`/api/v1/issues/${issue.shortId}/events/latest`);
  assert.deepEqual([event.extra?.customer, event.extra?.password], ['[Filtered]', '[Filtered]']);
  assert.match(grouping.sentences[0], /the fingerprint .no-connection., which the rule error\.value/);
});

void test('a removed project goes with its errors, and its keys are refused', async () => {
  await using server = await startServer();
  const { dsn } = await server.json<Project>('/api/v1/projects', json('POST', { name: 'shop' }));
  await runClient(process.execPath, ['-e', THROW, 'x'], dsn);
  await eventually(
    () => issuesOf(server, 'shop'),
    ({ length }) => length === 1,
  );
  assert.deepEqual(await server.json('/api/v1/projects/shop', { method: 'DELETE' }), { issues: 1 });
  assert.equal((await server.json<IssuesAnswer>('/api/v1/issues')).issues.length, 0);
  const { username, origin } = new URL(dsn);
  assert.equal((await fetch(`${origin}/api/2/store/?sentry_key=${username}`, { method: 'POST', body: '{}' })).status, 403);
  const first = await fetch(`${server.url}/api/v1/projects/default`, { method: 'DELETE' });
  assert.deepEqual([first.status, /always there/.test(await first.text())], [409, true]);
});
