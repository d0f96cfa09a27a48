import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { makeDeps } from '../deps.fixture.ts';
import { newEvent, shopEvents, THEN } from '../issues/new-event.fixture.ts';
import { buildApi } from '../server.ts';

const LOCAL = { host: '127.0.0.1:4400' };
const ISSUES = '/api/0/organizations/heed/issues/';

type Json = Record<string, any>;
type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

async function build(t: TestContext, settings = {}): Promise<FastifyInstance> {
  const deps = await makeDeps(t, settings);
  await deps.errors.add(shopEvents());
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  return app;
}

async function send(app: FastifyInstance, method: Method, url: string, payload?: object): Promise<LightMyRequestResponse> {
  return app.inject({ method, url, headers: LOCAL, payload });
}

async function get<Answer = Json>(app: FastifyInstance, url: string): Promise<Answer> {
  const answer = await send(app, 'GET', url);
  assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`);
  return answer.json<Answer>();
}

/** Addresses and cursors of a Link header by what they lead to. */
function linksOf(answer: LightMyRequestResponse): Record<string, { url: string; results: string; cursor: string }> {
  const links = [...String(answer.headers.link).matchAll(/<([^>]+)>; rel="(\w+)"; results="(\w+)"; cursor="([^"]*)"/g)];
  return Object.fromEntries(links.map(([, url, rel, results, cursor]) => [rel, { url, results, cursor }]));
}

const titled = (issues: Json[]): string[] => issues.map(({ title }) => title as string);
const STOCK = 'stock is low';
const TYPE = 'TypeError: x is undefined';
const TIMEOUT = 'Timeout: payment took 30 s';

void test('issues are told as Sentry tells them', async (t) => {
  const app = await build(t);
  const [, issue] = await get<Json[]>(app, ISSUES);
  assert.deepEqual(
    [issue.title, issue.count, issue.userCount, issue.status, issue.substatus, issue.priority, issue.isUnhandled, issue.level, issue.type],
    [TYPE, '2', 2, 'unresolved', 'new', 'high', true, 'error', 'error'],
  );
  assert.deepEqual(
    [issue.permalink, issue.firstSeen],
    [`http://127.0.0.1:4400/errors/${issue.shortId}`, new Date(THEN + 2000).toISOString().replace('.000Z', 'Z')],
  );
  assert.deepEqual(issue.project, { id: '1', name: 'default', slug: 'default', platform: 'node' });
  assert.deepEqual([issue.metadata.type, issue.metadata.filename, issue.assignedTo, issue.statusDetails], ['TypeError', 'shop.js', null, {}]);
  assert.equal(
    (issue.stats['24h'] as number[][]).reduce((sum, [, count]) => sum + count, 0),
    2,
  );
  const whole = await get(app, `/api/0/issues/${issue.id}/`);
  assert.deepEqual(
    [whole.id, whole.firstRelease.version, whole.lastRelease.version, whole.activity[0].type],
    [issue.id, 'shop@1.4.0', 'shop@1.5.0', 'first_seen'],
  );
  assert.deepEqual(Object.keys(whole.stats), ['24h', '30d']);
  assert.deepEqual(await get(app, `/api/0/organizations/any/issues/${issue.shortId}`), await get(app, `/api/0/issues/${issue.id}/`));
  const short = await get(app, `/api/0/organizations/acme/shortids/${issue.shortId}/`);
  assert.deepEqual([short.organizationSlug, short.projectSlug, short.groupId, short.group.title], ['acme', 'default', issue.id, TYPE]);
});

void test('lists take Sentry’s searches, periods and pages, unresolved ones where nothing is said', async (t) => {
  const app = await build(t);
  await send(app, 'PUT', `${ISSUES}?id=1`, { status: 'resolved' });
  const list = async (query: string): Promise<string[]> => titled(await get<Json[]>(app, `${ISSUES}?${query}`));
  const [first, second] = await list('');
  assert.equal((await list('')).length, 2);
  assert.equal((await list('query=')).length, 3);
  assert.deepEqual(await list('query=level:fatal&statsPeriod=24h&groupStatsPeriod=auto'), [TIMEOUT]);
  assert.deepEqual(await list('query=&environment=staging&project=1'), [TIMEOUT]);
  assert.deepEqual(await list('query=&environment=staging&environment=production&sort=freq&limit=1'), [TYPE]);
  assert.deepEqual(await list('status=resolved'), [TIMEOUT]);
  assert.deepEqual(titled(await get<Json[]>(app, '/api/0/projects/heed/default/issues/?query=&start=2020-01-01&end=2030-01-01T00:00:00')), [
    STOCK,
    TYPE,
    TIMEOUT,
  ]);
  const direct = await send(app, 'GET', `${ISSUES}?shortIdLookup=1&query=default-2`);
  assert.deepEqual([direct.headers['x-sentry-direct-hit'], direct.json<Json[]>().length], ['1', 1]);
  const page = await send(app, 'GET', `${ISSUES}?query=is:unresolved&limit=1`);
  const { previous, next } = linksOf(page);
  assert.deepEqual([titled(page.json<Json[]>()), previous.results, next.results, page.headers['x-hits']], [[first], 'false', 'true', '2']);
  const rest = await send(app, 'GET', next.url.slice('http://127.0.0.1:4400'.length));
  assert.deepEqual([titled(rest.json<Json[]>()), linksOf(rest).next.results], [[second], 'false']);
  const old = await get<Json[]>(app, `${ISSUES}?statsPeriod=1s`);
  assert.deepEqual(
    old.map(({ count, lifetime }) => [count, lifetime.count]),
    [
      ['0', '1'],
      ['0', '2'],
    ],
  );
  for (const [query, reason] of [
    ['query=is:gone', /no such state/],
    ['sort=size', /Invalid sort/],
    ['statsPeriod=1y', /Invalid statsPeriod/],
    ['start=2026-01-01', /start and end/],
    ['limit=x', /Invalid per_page or limit/],
  ] as const) {
    const refused = await send(app, 'GET', `${ISSUES}?${query}`);
    assert.equal(refused.statusCode, 400, query);
    assert.match(refused.json<Json>().detail as string, reason);
  }
});

void test('issues are changed, merged and removed as scripts do it', async (t) => {
  const app = await build(t);
  const resolved = await send(app, 'PUT', `${ISSUES}?id=2`, {
    status: 'resolved',
    statusDetails: { inRelease: 'shop@1.5.0' },
    assignedTo: 'ann@example.com',
    hasSeen: true,
  });
  assert.deepEqual(resolved.json<Json>(), {
    status: 'resolved',
    statusDetails: { inRelease: 'shop@1.5.0' },
    isPublic: false,
    assignedTo: { type: 'user', id: 'ann@example.com', name: 'ann@example.com', email: 'ann@example.com' },
  });
  const one = await get(app, '/api/0/issues/2/');
  assert.deepEqual([one.status, one.substatus, one.statusDetails, one.assignedTo.name], ['resolved', null, { inRelease: 'shop@1.5.0' }, 'ann@example.com']);
  const archived = (await send(app, 'PUT', '/api/0/issues/2/', { status: 'ignored', statusDetails: { ignoreCount: 10 } })).json<Json>();
  assert.deepEqual([archived.status, archived.substatus, archived.statusDetails], ['ignored', 'archived_until_condition_met', { ignoreCount: 10 }]);
  assert.equal((await send(app, 'PUT', `${ISSUES}?id=99`, { status: 'resolved' })).statusCode, 204);
  assert.equal((await send(app, 'PUT', `${ISSUES}?query=level:debug`, { status: 'resolved' })).statusCode, 204);
  assert.equal((await send(app, 'PUT', ISSUES, { status: 'resolved' })).statusCode, 400);
  assert.match((await send(app, 'PUT', '/api/0/issues/2/', { status: 'closed' })).json<Json>().detail as string, /"closed" is none of/);
  const merged = (await send(app, 'PUT', '/api/0/projects/heed/default/issues/?id=1&id=2', { merge: 1 })).json<Json>();
  assert.deepEqual(merged, { merge: { parent: '2', children: ['1'] } });
  const hashes = await get<Json[]>(app, '/api/0/issues/2/hashes/');
  assert.equal(hashes.length, 2);
  const gone = hashes.find(({ mergedFrom }) => mergedFrom !== null)?.id as string;
  assert.equal((await send(app, 'PUT', `/api/0/issues/2/hashes/?id=${gone}`)).statusCode, 202);
  assert.equal((await get<Json[]>(app, '/api/0/organizations/heed/issues/2/hashes')).length, 1);
  assert.equal((await send(app, 'PUT', `/api/0/issues/2/hashes/?id=${hashes.find(({ id }) => id !== gone)?.id}`)).statusCode, 409);
  assert.equal((await send(app, 'DELETE', '/api/0/issues/2/')).statusCode, 202);
  assert.equal((await send(app, 'GET', '/api/0/issues/2/')).statusCode, 404);
  assert.equal((await send(app, 'DELETE', `${ISSUES}?id=3`)).statusCode, 204);
  assert.equal((await send(app, 'DELETE', ISSUES)).statusCode, 400);
});

void test('events are told with all that they bring', async (t) => {
  const app = await build(t);
  const latest = await get(app, '/api/0/issues/2/events/recommended/');
  assert.deepEqual([latest.eventID.slice(-1), latest.previousEventID.slice(-1), latest.nextEventID, latest.groupID], ['3', '2', null, '2']);
  assert.deepEqual([latest.title, latest.culprit, latest.location, latest.user.email], [TYPE, 'shop.js in add', 'shop.js', 'bob@example.com']);
  assert.deepEqual(
    (latest.entries as Json[]).map(({ type }) => type as string),
    ['exception', 'breadcrumbs'],
  );
  const [thrown] = latest.entries[0].data.values as Json[];
  assert.deepEqual([thrown.type, thrown.stacktrace.hasSystemFrames], ['TypeError', true]);
  assert.deepEqual(thrown.stacktrace.frames[1].context, [
    [40, '// a'],
    [41, '// b'],
    [42, 'add();'],
    [43, '}'],
  ]);
  assert.deepEqual(
    (latest.tags as Json[]).find(({ key }) => key === 'user'),
    { key: 'user', value: 'email:bob@example.com' },
  );
  const listed = await get<Json[]>(app, '/api/0/organizations/heed/issues/2/events/?per_page=1');
  assert.deepEqual(
    listed.map(({ eventID }) => eventID as string),
    [latest.eventID],
  );
  assert.ok(!('entries' in listed[0]));
  assert.ok('entries' in (await get<Json[]>(app, '/api/0/issues/2/events/?full=true'))[0]);
  const raw = await get(app, `/api/0/projects/heed/default/events/${latest.eventID}/json/`);
  assert.deepEqual([raw.timestamp, raw.exception.values.length, raw.breadcrumbs.values[0].timestamp], [THEN / 1000 + 3, 1, THEN / 1000]);
  const anywhere = await get(app, `/api/0/organizations/heed/eventids/${latest.eventID.toUpperCase()}/`);
  assert.deepEqual([anywhere.groupId, anywhere.projectSlug, anywhere.event.eventID], ['2', 'default', latest.eventID]);
  const all = await get<Json[]>(app, '/api/0/projects/heed/default/events/');
  assert.deepEqual(
    all.map(({ eventID }) => eventID.slice(-1) as string),
    ['4', '3', '2', '1'],
  );
  const page = await send(app, 'GET', '/api/0/projects/heed/default/events/?per_page=3');
  const { next } = linksOf(page);
  assert.deepEqual(
    (await get<Json[]>(app, next.url.slice('http://127.0.0.1:4400'.length))).map(({ eventID }) => eventID.slice(-1) as string),
    ['1'],
  );
  assert.equal((await send(app, 'GET', '/api/0/projects/heed/default/events/xyz/')).statusCode, 400);
  assert.equal((await send(app, 'GET', `/api/0/issues/1/events/${latest.eventID}/`)).statusCode, 404);
});

void test('tags are counted, and people say something', async (t) => {
  const app = await build(t);
  const tags = await get<Json[]>(app, '/api/0/issues/2/tags/');
  assert.deepEqual(
    tags.find(({ key }) => key === 'release')?.topValues.map(({ value, count }: Json) => [value, count]),
    [
      ['shop@1.4.0', 1],
      ['shop@1.5.0', 1],
    ],
  );
  const browser = await get(app, '/api/0/organizations/heed/issues/2/tags/browser/');
  assert.deepEqual([browser.name, browser.totalValues, browser.uniqueValues], ['Browser', 2, 1]);
  const values = await send(app, 'GET', '/api/0/issues/2/tags/release/values/?sort=date&per_page=1');
  assert.deepEqual(
    values.json<Json[]>().map(({ value }) => value as string),
    ['shop@1.5.0'],
  );
  assert.equal(linksOf(values).next.cursor, '0:1:0');
  assert.equal((await send(app, 'GET', '/api/0/issues/2/tags/colour/')).statusCode, 404);
  const said = await send(app, 'POST', '/api/0/issues/2/comments/', { text: 'mine' });
  assert.deepEqual([said.statusCode, said.json<Json>().type, said.json<Json>().data], [201, 'note', { text: 'mine' }]);
  assert.equal((await get<Json[]>(app, '/api/0/issues/2/notes/')).length, 1);
  assert.deepEqual(
    (await get(app, '/api/0/issues/2/activities/')).activity.map(({ type }: Json) => type as string),
    ['note', 'first_seen'],
  );
  assert.equal((await send(app, 'POST', '/api/0/issues/2/comments/', { text: 1 })).statusCode, 400);
});

void test('numbers over time come in each of Sentry’s shapes', async (t) => {
  const app = await build(t);
  const stats = await get<number[][]>(app, `/api/0/projects/heed/default/stats/?since=${THEN / 1000 - 3600}&resolution=1h`);
  assert.equal(stats.find(([time]) => time === THEN / 1000)?.[1], 4);
  const v2 = await get(app, '/api/0/organizations/heed/stats_v2/?field=sum(quantity)&groupBy=outcome&groupBy=category&interval=1h&statsPeriod=6h');
  assert.deepEqual([v2.groups[0].by, v2.groups[0].totals], [{ outcome: 'accepted', category: 'error' }, { 'sum(quantity)': 4 }]);
  assert.equal(v2.intervals.length, v2.groups[0].series['sum(quantity)'].length);
  assert.deepEqual((await get(app, '/api/0/organizations/heed/stats_v2/?field=sum(quantity)&outcome=filtered')).groups, []);
  const over = async (query: string): Promise<number> => {
    const { data } = await get(app, `/api/0/organizations/heed/events-stats/?statsPeriod=6h&${query}`);
    return (data as [number, [{ count: number }]][]).find(([time]) => time === THEN / 1000)?.[1][0].count ?? NaN;
  };
  assert.equal(await over('yAxis=count()&query=event.type:error'), 4);
  assert.equal(await over('query=environment:staging'), 1);
  assert.equal(await over('query=!level:error'), 2);
  assert.equal(await over('query=title:TypeError*'), 2);
  assert.equal(await over('yAxis=count_unique(issue)'), 3);
  const { timeSeries } = await get(app, '/api/0/organizations/heed/events-timeseries/?statsPeriod=6h&yAxis=count()&yAxis=count_unique(issue)');
  assert.deepEqual(
    (timeSeries as Json[]).map(({ yAxis, values }) => [yAxis, (values as Json[]).find(({ timestamp }) => timestamp === THEN)?.value]),
    [
      ['count()', 4],
      ['count_unique(issue)', 3],
    ],
  );
  for (const query of ['yAxis=count_unique(user)', 'query=browser:Firefox', 'interval=10s', 'interval=1h&statsPeriod=3650d&query=is:new'])
    assert.equal((await send(app, 'GET', `/api/0/organizations/heed/events-stats/?${query}`)).statusCode, 400, query);
  assert.equal((await send(app, 'GET', '/api/0/projects/heed/default/stats/?stat=rejected')).statusCode, 400);
});

void test('the one organisation and its projects are found by any slug of it, with a key to send by', async (t) => {
  const app = await build(t);
  assert.equal((await get(app, '/api/0/')).version, '0');
  assert.equal((await get<Json[]>(app, '/api/0/organizations/'))[0].slug, 'heed');
  assert.equal((await get(app, '/api/0/organizations/acme/')).status.id, 'active');
  assert.deepEqual(
    (await get<Json[]>(app, '/api/0/organizations/acme/projects/')).map(({ slug }) => slug as string),
    ['default'],
  );
  const project = await get(app, '/api/0/projects/acme/1/');
  assert.deepEqual([project.slug, project.latestRelease, project.environments], ['default', { version: 'shop@1.5.0' }, ['production', 'staging']]);
  const [key] = await get<Json[]>(app, '/api/0/projects/acme/default/keys/');
  assert.match(key.dsn.public as string, new RegExp(`^http://${key.public}@127\\.0\\.0\\.1:\\d+/1$`));
  assert.equal(key.dsn.csp, `http://127.0.0.1:4400/api/1/csp-report/?sentry_key=${key.public}`);
});

void test('projects and keys are made, changed and removed as Sentry’s scripts do', async (t) => {
  const app = await build(t);
  const answer = async (method: Method, url: string, payload?: object, status = 200): Promise<Json> => {
    const { statusCode, body } = await send(app, method, `/api/0${url}`, payload);
    assert.equal(statusCode, status, `${url}: ${body}`);
    return body === '' ? {} : (JSON.parse(body) as Json);
  };
  assert.equal((await answer('POST', '/teams/acme/heed/projects/', { name: 'Book shop', platform: 'node' }, 201)).slug, 'book-shop');
  const made = await answer('POST', '/projects/acme/book-shop/keys/', { name: 'phone', rateLimit: { window: 3600, count: 600 } }, 201);
  assert.deepEqual([made.label, made.isActive, made.rateLimit, made.projectId], ['phone', true, { window: 60, count: 10 }, 2]);
  const one = `/projects/acme/book-shop/keys/${made.id as string}/`;
  assert.equal((await answer('PUT', one, { isActive: false, rateLimit: null })).rateLimit, null);
  assert.deepEqual([(await answer('GET', one)).isActive, (await answer('GET', `/projects/acme/book-shop/keys/?status=active`)).length], [false, 1]);
  await answer('PUT', one, { rateLimit: { window: 'x' } }, 400);
  await answer('GET', `/projects/acme/book-shop/keys/${'0'.repeat(32)}/`, undefined, 404);
  const changed = await answer('PUT', '/projects/acme/book-shop/', { name: 'Books', allowedDomains: ['*.example.org'], sensitiveFields: ['iban'] });
  assert.deepEqual([changed.name, changed.allowedDomains, changed.sensitiveFields, changed.dataScrubber], ['Books', ['*.example.org'], ['iban'], true]);
  await answer('PUT', '/projects/acme/book-shop/', { fingerprintingRules: 'nonsense' }, 400);
  await answer('DELETE', one, undefined, 204);
  const [team] = (await answer('GET', '/organizations/acme/teams/')) as Json[];
  assert.deepEqual(
    (team.projects as Json[]).map(({ slug }) => slug as string),
    ['default', 'book-shop'],
  );
  await answer('DELETE', '/projects/acme/book-shop/', undefined, 204);
  await answer('GET', '/projects/acme/book-shop/', undefined, 404);
});

void test('what is not there is said in Sentry’s words, and to strangers nothing', async (t) => {
  const app = await build(t, { token: 's3cret', auth: 'required' });
  const bearer = { ...LOCAL, authorization: 'Bearer s3cret' };
  const none = await app.inject({ url: '/api/0/issues/99/', headers: bearer });
  assert.deepEqual([none.statusCode, none.json<Json>()], [404, { detail: 'The requested resource does not exist' }]);
  const unknown = await app.inject({ method: 'POST', url: '/api/0/organizations/heed/dashboards/?a=b', headers: bearer, payload: {} });
  assert.deepEqual(
    [unknown.statusCode, unknown.json<Json>()],
    [404, { detail: "Heed has no such part of Sentry's API: POST /api/0/organizations/heed/dashboards/" }],
  );
  for (const url of ['/api/0/', '/api/0/issues/1/', '/api/0/nothing/']) {
    const refused = await app.inject({ url, headers: LOCAL });
    assert.equal(refused.statusCode, 401, url);
    assert.match(refused.json<Json>().detail as string, /needs a sign-in/);
  }
  const empty = await app.inject({ method: 'DELETE', url: '/api/0/issues/1/', headers: { ...bearer, 'content-type': 'application/json' } });
  assert.equal(empty.statusCode, 202);
  const broken = await app.inject({ method: 'PUT', url: '/api/0/issues/2/', headers: { ...bearer, 'content-type': 'application/json' }, payload: '{' });
  assert.deepEqual([broken.statusCode, broken.json<Json>().detail], [400, 'cannot read the request: its body is not valid JSON']);
  const list = await app.inject({ method: 'PUT', url: '/api/0/issues/2/', headers: bearer, payload: [] });
  assert.equal(list.statusCode, 400);
});

void test('a project’s newest events are told across issues that take turns', async (t) => {
  const deps = await makeDeps(t);
  const events = Array.from({ length: 60 }, (_, i) => newEvent(100 + i, `E${i % 3}: x`, `f${i % 3}`));
  await deps.errors.add(events);
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  const found: string[] = [];
  for (let url: string | undefined = '/api/0/projects/heed/default/events/?per_page=25'; url;) {
    const page = await send(app, 'GET', url);
    found.push(...page.json<Json[]>().map(({ eventID }) => eventID as string));
    const { next } = linksOf(page);
    url = next.results === 'true' ? next.url.slice('http://127.0.0.1:4400'.length) : undefined;
  }
  assert.deepEqual(found, events.map(({ event }) => event.event_id).toReversed());
});
