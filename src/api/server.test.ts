import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { ConfigText } from '../core/config/config.ts';
import { CounterLane, readCounters } from '../core/counters.ts';
import type { DoctorAnswer, FactsAnswer, NowAnswer, Project, SearchAnswer, TreeAnswer } from './contract.ts';
import { makeDeps } from './deps.fixture.ts';
import type { ApiDeps } from './deps.ts';
import { buildApi } from './server.ts';
import { DOORS } from './sentry-ingest/doors.ts';

type Deps = Awaited<ReturnType<typeof makeDeps>>;
const LOCAL = { host: '127.0.0.1:4400' };
const AWAY = '203.0.113.9';

async function build(t: TestContext, settings: ConfigText = {}, part: Partial<ApiDeps> = {}): Promise<{ app: FastifyInstance; deps: Deps }> {
  const deps = await makeDeps(t, settings, part);
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  return { app, deps };
}

/** Every route that the server has, from the tree that Fastify prints. */
function routesOf(app: FastifyInstance): { url: string; method: string }[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^([│ ]*)[└├]── (\S*)(?: \(([^)]+)\))?/.exec(line);
      if (!found) return [];
      const depth = found[1].length / 4;
      above.length = depth;
      above.push(found[2]);
      return (found[3] ?? '')
        .split(', ')
        .filter(Boolean)
        .map((method) => ({ method, url: above.join('') }));
    });
}

const get = async (app: FastifyInstance, url: string): Promise<{ status: number; body: string }> => {
  const { statusCode: status, body } = await app.inject({ url, headers: LOCAL });
  return { status, body };
};
const json = async <Answer>(app: FastifyInstance, url: string): Promise<Answer> => {
  const { status, body } = await get(app, url);
  assert.equal(status, 200, body);
  return JSON.parse(body) as Answer;
};

/** What Sentry's clients send to. */
const isByKey = ({ url, method }: { url: string; method: string }): boolean =>
  url === '/api/embed/error-page' || DOORS.some((door) => door.url === url && (method === 'OPTIONS' || door.method === (method === 'HEAD' ? 'GET' : method)));

/** Signing in, which looks at the cookie itself: people.test.ts. */
const isSignIn = (url: string): boolean =>
  /^\/sign-in\/provider(?:\/back)?$/.test(url) || /^\/api\/v1\/(?:me|me\/password|me\/sessions|session|invitations\/(?:read|accept))$/.test(url);

test('every route is closed to other machines without the token, health excepted', async (t) => {
  const { app } = await build(t, { token: 's3cret', http: '0.0.0.0:0' });
  const routes = routesOf(app);
  for (const known of ['/render', '/metrics/find', '/api/v1/live/frame', '/api/v1/projects', '/api/v1/issues', '/api/0/organizations/:organization/issues/'])
    assert.ok(
      routes.some(({ url }) => url === known),
      known,
    );
  const odd = [
    '/',
    '/now',
    '/metrics',
    '/dashboards',
    '/dashboards/x',
    '/nowhere',
    '/assets/x.js',
    '/..%2f..%2fetc/passwd',
    '/healthz/',
    '/HEALTHZ',
    '/healthz%00',
  ].map((url) => ({
    url,
    method: 'GET',
  }));
  for (const { url, method } of [...routes.filter((route) => !isByKey(route) && !isSignIn(route.url)), ...odd]) {
    const { statusCode, headers, body } = await app.inject({ url, method: method as 'GET', remoteAddress: AWAY, headers: LOCAL });
    const open = url === '/healthz' || url === '/readyz';
    assert.equal(statusCode, open ? 200 : 401, `${method} ${url}: ${body}`);
    if (!open) assert.match(String(headers['www-authenticate']), /^Basic/);
  }
});

test("every route of Sentry's clients asks for a key, from wherever", async (t) => {
  const { app } = await build(t, { token: 's3cret', http: '0.0.0.0:0', auth: 'required' });
  const routes = routesOf(app).filter(isByKey);
  assert.ok(routes.length >= 15);
  for (const { url, method } of routes) {
    const ask = async (query: string): Promise<number> => {
      const { statusCode, headers } = await app.inject({
        url: url.replace(':pid', '1').replace('/:key', '') + query,
        method: method as 'GET',
        remoteAddress: AWAY,
      });
      assert.equal(headers['access-control-allow-origin'], '*', `${method} ${url}`);
      if (method !== 'OPTIONS' && statusCode >= 400) assert.ok(headers['x-sentry-error'], `${method} ${url}`);
      return statusCode;
    };
    assert.equal(await ask(''), method === 'OPTIONS' ? 204 : 401, `${method} ${url}`);
    if (method !== 'OPTIONS') assert.equal(await ask(`?sentry_key=${'0'.repeat(32)}&dsn=http://${'0'.repeat(32)}@x/1`), 403, `${method} ${url}`);
  }
});

test('what may change something is known here; everything else only reads', async (t) => {
  const { app } = await build(t);
  const changing = [];
  for (const { url, method } of routesOf(app)) {
    if (method === 'GET' || method === 'HEAD') continue;
    const { statusCode } = await app.inject({ url, method: method as 'POST', headers: { ...LOCAL, origin: 'http://evil.example.com' } });
    if (statusCode === 403) changing.push(`${method} ${url}`);
  }
  for (const route of [
    'DELETE /api/v1/series',
    'POST /api/v1/projects',
    'PATCH /api/v1/issues',
    'PUT /api/0/issues/:issue/',
    'PUT /api/v1/dashboards/:slug',
    'DELETE /api/v1/dashboards/:slug',
  ])
    assert.ok(changing.includes(route), route);
  for (const route of ['POST /render', 'POST /metrics/find', 'POST /api/v1/frames', 'POST /api/v1/variables']) assert.ok(!changing.includes(route), route);
});

test('the routes of the API are those that are described', async (t) => {
  const { app } = await build(t);
  const { paths } = (await app.inject({ url: '/api/v1/openapi.json', headers: LOCAL })).json<{ paths: Record<string, Record<string, unknown>> }>();
  const own = routesOf(app).filter(({ url, method }) => url.startsWith('/api/v1/') && method !== 'HEAD' && !isByKey({ url, method }));
  assert.ok(own.length >= 13);
  for (const { url, method } of own) assert.ok(paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()], `${method} ${url}`);
});

test('a page of another origin changes nothing, and a foreign name reads nothing', async (t) => {
  const { app, deps } = await build(t);
  const post = (headers: Record<string, string>): Promise<number> =>
    app
      .inject({ method: 'POST', url: '/api/v1/projects', headers: { ...LOCAL, 'content-type': 'application/json', ...headers }, payload: '{"name":"x"}' })
      .then(({ statusCode }) => statusCode);
  assert.equal(await post({ origin: 'http://evil.example.com' }), 403);
  assert.equal(await post({ origin: 'null' }), 403);
  assert.equal(await post({ 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await post({ host: 'evil.example.com', origin: 'http://evil.example.com' }), 403);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) assert.equal(await post({ 'content-type': type }), 415);
  assert.equal((await deps.catalog.projects()).length, 1);
  assert.equal(await post({ origin: 'http://127.0.0.1:4400' }), 201);
  assert.equal(
    (await app.inject({ method: 'DELETE', url: '/api/v1/series?pattern=*', headers: { ...LOCAL, origin: 'http://evil.example.com' } })).statusCode,
    403,
  );
});

test('hostile bodies are refused in words', async (t) => {
  const { app } = await build(t);
  const post = async (payload: string): Promise<{ status: number; body: string }> => {
    const { statusCode: status, body } = await app.inject({
      method: 'POST',
      url: '/api/v1/projects',
      headers: { ...LOCAL, 'content-type': 'application/json' },
      payload,
    });
    return { status, body };
  };
  assert.equal((await post('['.repeat(5000))).status, 400);
  assert.equal((await post('{"name":"x","__proto__":{"isAdmin":true}}')).status, 400);
  assert.equal((await post('{"name":["x"]}')).status, 400);
  const large = await post(`{"name":"${'x'.repeat(20_000)}"}`);
  assert.equal(large.status, 413);
  assert.deepEqual(JSON.parse(large.body), { error: { code: 'too_large', message: 'cannot read the request: its body is too large' } });
});

test('every answer carries the headers that keep browsers safe', async (t) => {
  const { app } = await build(t);
  for (const url of ['/healthz', '/api/v1/now', '/nowhere', '/']) {
    const { headers } = await app.inject({ url, headers: LOCAL });
    assert.equal(headers['x-content-type-options'], 'nosniff', url);
    assert.match(String(headers['content-security-policy']), /^default-src 'none';.*frame-ancestors 'none'/, url);
    assert.equal(headers['access-control-allow-origin'], undefined, url);
    assert.equal(headers['referrer-policy'], 'no-referrer', url);
  }
});

test('an error of ours tells no secrets', async (t) => {
  const { app, deps } = await build(t, {}, { query: { render: () => Promise.reject(new Error('secret /home/path')) } });
  const { status, body } = await get(app, '/api/v1/frame?target=a');
  assert.equal(status, 500);
  assert.match(body, /"internal"/);
  assert.doesNotMatch(body, /secret|home|at /);
  await get(app, '/nowhere');
  const counts = readCounters(deps.counters);
  assert.equal(counts['http.requests'], 2);
  assert.equal(counts['http.errors'], 2);
});

test('screens are served with their own policy, and nothing beside them', async (t) => {
  const deps = await makeDeps(t);
  mkdirSync(join(deps.webFolder, 'assets'), { recursive: true });
  writeFileSync(join(deps.webFolder, 'index.html'), '<!doctype html><title>Heed</title>');
  writeFileSync(join(deps.webFolder, 'assets', 'app-1a2b.js'), 'export {}');
  writeFileSync(join(deps.folder, 'outside.txt'), 'secret');
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  for (const url of ['/', '/now', '/metrics', '/metrics?target=a', '/errors?q=is:new', '/errors/SHOP-1A', '/errors/SHOP-1A/events/latest']) {
    const page = await app.inject({ url, headers: LOCAL });
    assert.match(page.body, /<title>Heed/, url);
    assert.equal(page.headers['cache-control'], 'no-cache');
    assert.match(String(page.headers['content-security-policy']), /script-src 'self'/);
    assert.doesNotMatch(String(page.headers['content-security-policy']), /unsafe/);
  }
  assert.equal((await app.inject({ method: 'HEAD', url: '/', headers: LOCAL })).statusCode, 200);
  assert.match((await get(app, '/metrics?query=*')).body, /^\[/, "with a query the address is Graphite's");
  await app.listen({ host: '127.0.0.1', port: 0 });
  assert.equal((await fetch(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}//`)).status, 404);
  const script = await app.inject({ url: '/assets/app-1a2b.js', headers: LOCAL });
  assert.match(String(script.headers['cache-control']), /immutable/);
  assert.match(String(script.headers['content-type']), /javascript/);
  for (const url of ['/../outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt', '/%2e%2e/outside.txt', '/index.html/', '/assets/', '/unknown']) {
    assert.equal((await app.inject({ url, headers: LOCAL })).statusCode, 404, url);
  }
});

test('without built screens the address says how to build them', async (t) => {
  const { app } = await build(t);
  const { status, body } = await get(app, '/');
  assert.equal(status, 503);
  assert.match(body, /npm run build/);
});

test('now tells what arrives, in figures and words', async (t) => {
  const { app, deps } = await build(
    t,
    {},
    { receiver: { listening: [{ protocol: 'statsd', transport: 'udp', address: '127.0.0.1', port: 8125 }], echo: async () => [], forwarding: async () => [] } },
  );
  const empty = await json<NowAnswer>(app, '/api/v1/now');
  assert.equal(empty.verdict.text, 'Heed is listening. Nothing has arrived yet.');
  assert.equal(empty.arrived, false);
  assert.deepEqual(empty.protocols[0].addresses, ['udp 127.0.0.1:8125']);
  assert.match(empty.projects[0].dsn, /^http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/1$/);
  assert.equal(empty.store.bytes, 1000);
  assert.equal(empty.store.bytesPerPoint, 0.7);
  assert.equal(empty.store.bytesPerDay, null);
  new CounterLane(deps.counters, 'receive').add('carbon.dropped.not_a_number', 4);
  const after = await json<NowAnswer>(app, '/api/v1/now');
  assert.equal(after.protocols[1].dropped, 4);
  assert.equal(after.protocols[1].droppedWhy, 'not a number');
  assert.equal(after.drops[0].part, 'Carbon');
});

test('a disk that fills is foreseen, unless the data settles before', async (t) => {
  const { app, deps } = await build(t);
  deps.memory.stats = { ...deps.memory.stats, bytesPerDay: 1e9, diskFree: 2e10 };
  assert.equal((await json<NowAnswer>(app, '/api/v1/now')).store.fullInDays, 20);
  deps.memory.stats = { ...deps.memory.stats, bytesAtRest: 5e9 };
  assert.equal((await json<NowAnswer>(app, '/api/v1/now')).store.fullInDays, null);
});

test('names are found by level and by words', async (t) => {
  const { app, deps } = await build(t);
  for (const name of ['stats.a.count', 'stats.b', 'load']) deps.memory.values.set(name, { time: 1, value: 1 });
  const root = await json<TreeAnswer>(app, '/api/v1/tree');
  assert.deepEqual(
    root.nodes.map(({ path, leaf, branch, count }) => [path, leaf, branch, count]),
    [
      ['load', true, false, 1],
      ['stats', false, true, 2],
    ],
  );
  const level = await json<TreeAnswer>(app, '/api/v1/tree?path=stats&limit=1');
  assert.deepEqual([level.nodes.map(({ path }) => path), level.total], [['stats.a'], 2]);
  const found = await json<SearchAnswer>(app, '/api/v1/search?q=stats&limit=1');
  assert.deepEqual([found.series, found.more], [[{ name: 'stats.a.count', kind: 'gauge' }], true]);
  assert.equal((await get(app, '/api/v1/search')).status, 400);
});

test('a frame is asked as it was written and answered as it came', async (t) => {
  const asked: unknown[] = [];
  const { app } = await build(
    t,
    {},
    {
      query: {
        render: async (params) => {
          asked.push(params);
          return { status: 400, type: 'application/json', body: new TextEncoder().encode('{"error":{"code":"x","message":"y"}}') };
        },
      },
    },
  );
  const { status, body } = await get(app, '/api/v1/frame?target=a&target=sum(b,1)&from=-1h&maxDataPoints=100&other=1');
  assert.deepEqual(asked, [{ target: ['a', 'sum(b,1)'], from: ['-1h'], maxDataPoints: ['100'], format: ['frame'] }]);
  assert.equal(status, 400);
  assert.equal(body, '{"error":{"code":"x","message":"y"}}');
});

test('series are counted before they are removed', async (t) => {
  const { app, deps } = await build(t);
  for (const name of ['old.a', 'old.b', 'new.a']) deps.memory.values.set(name, { time: 1, value: 1 });
  const remove = async (url: string): Promise<unknown> => (await app.inject({ method: 'DELETE', url, headers: LOCAL })).json();
  assert.deepEqual(await remove('/api/v1/series?pattern=old.*&dry=1'), { series: 2, more: false });
  assert.equal(deps.memory.values.size, 3);
  assert.deepEqual(await remove('/api/v1/series?pattern=old.*'), { series: 2, more: false });
  assert.deepEqual([...deps.memory.values.keys()], ['new.a']);
});

test('facts are found by kind, time and tag', async (t) => {
  const { app, deps } = await build(t);
  deps.facts.add({ kind: 'event', time: 1000, title: 'deployed', text: 'v1', tags: { env: 'live' }, data: {} });
  deps.facts.add({ kind: 'event', time: 2000, title: 'restarted', text: '', tags: {}, data: {} });
  const titles = async (query: string): Promise<string[]> => (await json<FactsAnswer>(app, `/api/v1/facts${query}`)).facts.map(({ title }) => title);
  assert.deepEqual(await titles(''), ['restarted', 'deployed']);
  assert.deepEqual(await titles('?tag=env=live'), ['deployed']);
  assert.deepEqual(await titles('?kind=event&from=1500&until=3000'), ['restarted']);
  assert.equal((await get(app, '/api/v1/facts?tag=nonsense')).status, 400);
});

test('projects are made and listed', async (t) => {
  const { app } = await build(t);
  const made = await app.inject({ method: 'POST', url: '/api/v1/projects', headers: LOCAL, payload: { name: 'Book shop' } });
  assert.equal(made.statusCode, 201);
  const project = made.json<Project>();
  assert.equal(project.slug, 'book-shop');
  assert.ok(project.dsn.includes(`${project.key}@`) && project.dsn.endsWith('/2'));
  assert.equal((await json<unknown[]>(app, '/api/v1/projects')).length, 2);
  assert.equal((await app.inject({ method: 'POST', url: '/api/v1/projects', headers: LOCAL, payload: { name: 'book shop' } })).statusCode, 409);
});

test('ready means that the store writes and reads', async (t) => {
  const { app, deps } = await build(t);
  assert.equal((await get(app, '/readyz')).status, 200);
  assert.equal(deps.memory.values.get('heed.ready')?.value, 1);
  const full = await build(t);
  full.deps.memory.stats = { ...full.deps.memory.stats, writeProblem: 'no space left on device' };
  const { status, body } = await get(full.app, '/readyz');
  assert.equal(status, 503);
  assert.match(body, /no space left/);
  assert.equal((await get(full.app, '/healthz')).status, 200);
});

test('the doctor puts what is wrong first', async (t) => {
  const { app, deps } = await build(
    t,
    { http: '0.0.0.0:0', flush: '10', retention: '1m:7d' },
    {
      receiver: { listening: [{ protocol: 'statsd', transport: 'tcp', address: '0.0.0.0', port: 8125 }], echo: async () => [], forwarding: async () => [] },
    },
  );
  deps.memory.stats = { ...deps.memory.stats, writeProblem: 'no space left on device' };
  const { checks } = await json<DoctorAnswer>(app, '/api/v1/doctor');
  assert.equal(checks[0].state, 'bad');
  assert.match(checks[0].text, /refuses numbers: no space left/);
  const text = checks.map(({ state, subject, text: said }) => `${state} ${subject}: ${said}`).join('\n');
  assert.match(text, /warn HTTP: .*without a token/);
  assert.match(text, /warn Flush: StatsD flushes each 10 s, but rule 'default' keeps one number each 1 min/);
  assert.match(text, /none StatsD: listens on tcp 0\.0\.0\.0:8125; nothing came/);
  assert.match(text, /none Senders: everybody/);
  for (const { state, advice } of checks) if (state === 'warn' || state === 'bad') assert.notEqual(advice, '');
});
