import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { SCOPES, type Scope } from '../core/scopes.ts';
import type { NewTokenAnswer, TokensAnswer } from './contract-tokens.ts';
import { makeDeps } from './deps.fixture.ts';
import { type Deed, isForEverybody, ROUTE_SCOPES, scopesFor } from './security/route-scopes.ts';
import { hashOf } from './security/tokens.ts';
import { buildApi } from './server.ts';

const LOCAL = { host: '127.0.0.1:4400' };
const AWAY = '203.0.113.9';

async function build(t: TestContext): Promise<{ app: FastifyInstance; deps: Awaited<ReturnType<typeof makeDeps>>; routes: Deeds }> {
  const deps = await makeDeps(t, { token: 's3cret', http: '0.0.0.0:0' });
  const { app, routes } = await buildApi(deps);
  t.after(() => app.close());
  return { app, deps, routes: routes.filter(({ config }) => !config?.open && !config?.byKey).flatMap(deedsOf) };
}

type Deeds = { url: string; method: string; deed: Deed }[];

function deedsOf({ url, method, config }: RouteOptions): Deeds {
  const deed = (one: string): Deed => (one === 'DELETE' ? 'remove' : one === 'GET' || one === 'HEAD' || config?.readsOnly ? 'read' : 'change');
  return [method].flat().map((one) => ({ url, method: one, deed: deed(one) }));
}

/** A token of these scopes, made by the administrator's. */
async function make(app: FastifyInstance, ...scopes: Scope[]): Promise<NewTokenAnswer> {
  const headers = { ...LOCAL, authorization: 'Bearer s3cret' };
  const answer = await app.inject({ method: 'POST', url: '/api/v1/tokens', headers, remoteAddress: AWAY, payload: { label: 'CI', scopes } });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<NewTokenAnswer>();
}

async function ask(app: FastifyInstance, token: string, method: string, url: string): Promise<number> {
  const { statusCode } = await app.inject({ method: method as 'GET', url, headers: { ...LOCAL, authorization: `Bearer ${token}` }, remoteAddress: AWAY });
  return statusCode;
}

test("what is an administrator's is known here; a new route is closed to tokens until it is said who may", async (t) => {
  const { routes } = await build(t);
  assert.ok(routes.length > 150);
  const closed = routes.filter(({ url, deed }) => !isForEverybody(url) && scopesFor(url, deed).includes('org:admin')).map(({ url, deed }) => `${deed} ${url}`);
  assert.deepEqual([...new Set(closed.map((route) => route.replace(/\/$/, '')))].toSorted(), [
    'change /api/v1/backup',
    'change /api/v1/compact',
    'change /api/v1/import',
    'change /api/v1/invitations',
    'change /api/v1/people/:id',
    'change /api/v1/people/:id/link',
    'change /api/v1/tokens',
    'change /tags/delSeries',
    'change /tags/tagMultiSeries',
    'change /tags/tagSeries',
    'read /api/v1/audit',
    'read /api/v1/doctor',
    'read /api/v1/tokens',
    'remove /api/v1/invitations/:id',
    'remove /api/v1/people/:id',
    'remove /api/v1/series',
    'remove /api/v1/tokens/:id',
  ]);
  for (const [pattern] of ROUTE_SCOPES)
    assert.ok(
      routes.some(({ url }) => pattern.test(url)),
      `${pattern} is of some route`,
    );
});

test('a token of one scope is refused everywhere else', async (t) => {
  const { app, routes } = await build(t);
  const { token } = await make(app, 'metrics:read');
  const foreign = routes.filter(({ url, deed }) => !scopesFor(url, deed).includes('metrics:read') && !isForEverybody(url));
  assert.ok(foreign.length > 100);
  for (const { url, method } of foreign) assert.equal(await ask(app, token, method, url), 403, `${method} ${url}`);
  assert.equal(await ask(app, token, 'GET', '/api/v1/now'), 200);
  assert.equal(await ask(app, token, 'GET', '/version'), 200);
});

test('a token lets in until it is revoked, says what it may, and is kept as a digest only', async (t) => {
  const { app, deps } = await build(t);
  const made = await make(app, 'event:read');
  assert.equal(await ask(app, made.token, 'GET', '/api/v1/issues'), 200);
  const basic = `Basic ${Buffer.from(`grafana:${made.token}`).toString('base64')}`;
  assert.equal((await app.inject({ url: '/api/v1/issues', headers: { ...LOCAL, authorization: basic }, remoteAddress: AWAY })).statusCode, 200);
  const whoami = await app.inject({ url: '/api/0/', headers: { ...LOCAL, authorization: `Bearer ${made.token}` }, remoteAddress: AWAY });
  assert.deepEqual(whoami.json<{ auth: unknown }>().auth, { scopes: ['event:read'] });

  const admin = { ...LOCAL, authorization: 'Bearer s3cret' };
  const listed = await app.inject({ url: '/api/v1/tokens', headers: admin, remoteAddress: AWAY });
  assert.ok(!listed.body.includes(made.token) && !listed.body.includes(hashOf(made.token)));
  const [{ label, used, ending }] = listed.json<TokensAnswer>().tokens;
  assert.deepEqual([label, ending, used !== null], ['CI', made.token.slice(-4), true]);
  assert.equal(await ask(app, made.token, 'DELETE', `/api/v1/tokens/${made.id}`), 403, 'no token makes itself larger');
  assert.equal((await app.inject({ method: 'DELETE', url: `/api/v1/tokens/${made.id}`, headers: admin, remoteAddress: AWAY })).statusCode, 200);
  assert.equal(await ask(app, made.token, 'GET', '/api/v1/issues'), 401);
  assert.deepEqual(await deps.catalog.tokens.list(), []);
});

test('on this machine too a token may no more than its scopes', async (t) => {
  const { app } = await build(t);
  const { token } = await make(app, 'event:write');
  const local = async (method: 'GET' | 'POST', url: string): Promise<number> =>
    (await app.inject({ method, url, headers: { ...LOCAL, authorization: `Bearer ${token}` } })).statusCode;
  assert.deepEqual([await local('GET', '/api/v1/issues'), await local('POST', '/api/v1/compact')], [200, 403]);
});

test('a token without a name, or of scopes that there are not, is not made', async (t) => {
  const { app } = await build(t);
  const refused = async (payload: object): Promise<string> => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/tokens', headers: { ...LOCAL, authorization: 'Bearer s3cret' }, payload });
    assert.equal(answer.statusCode, 400, answer.body);
    return answer.body;
  };
  assert.match(await refused({ label: ' ', scopes: ['org:ci'] }), /say who uses it/);
  assert.match(await refused({ label: 'CI', scopes: ['root'] }), /there is no scope 'root'; known are metrics:read/);
  assert.match(await refused({ label: 'CI', scopes: [] }), /needs a scope/);
  await refused({ label: 'CI' });
  assert.deepEqual(Object.keys(SCOPES).length, 12);
});
