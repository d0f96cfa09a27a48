import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { allocateCounters } from '../../core/counters.ts';
import { openFacts } from '../../store/facts/sqlite/open-facts.ts';
import { answerError } from '../errors.ts';
import { eventRoutes } from './events.ts';
import { Marks } from './marks.ts';
import { takeForms } from './params.ts';

const AT = Math.floor(Date.UTC(2026, 10, 22, 14) / 1000);

function build(t: TestContext): FastifyInstance {
  const folder = mkdtempSync(join(tmpdir(), 'heed-events-'));
  const facts = openFacts(folder, allocateCounters());
  const app = Fastify();
  app.setErrorHandler((error, _, reply) => {
    const { status, answer } = answerError(error);
    return reply.code(status).send(answer);
  });
  takeForms(app);
  eventRoutes(app, facts, new Marks(facts));
  t.after(async () => {
    await facts[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  return app;
}

async function post(app: FastifyInstance, payload: unknown): Promise<unknown> {
  const answer = await app.inject({ method: 'POST', url: '/events/', payload: payload as object });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

type Listed = { when: number; what: string; data: string; tags: string[] }[];

async function get(app: FastifyInstance, query: string): Promise<string[]> {
  const answer = await app.inject(`/events/get_data?${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json<Listed>().map(({ what }) => what);
}

void test('events are kept with their tags and found by them, oldest first', async (t) => {
  const app = build(t);
  await post(app, { what: 'deploy 2', tags: 'deploy web', when: AT + 60, data: 'a note' });
  await post(app, { what: 'deploy 1', tags: ['deploy', 'db', 'env:prod'], when: AT });
  // As `curl -d` sends it: JSON that is called a form.
  const form = { method: 'POST', url: '/events/', headers: { 'content-type': 'application/x-www-form-urlencoded' } } as const;
  assert.equal((await app.inject({ ...form, payload: JSON.stringify({ what: 'outage', tags: ['db'], when: AT + 120 }) })).statusCode, 200);
  const all = (await app.inject(`/events/get_data?from=${AT}&until=${AT + 120}`)).json<Listed>();
  assert.deepEqual(
    all.map(({ when, what, data, tags }) => [when - AT, what, data, tags]),
    [
      [0, 'deploy 1', '', ['deploy', 'db', 'env:prod']],
      [60, 'deploy 2', 'a note', ['deploy', 'web']],
      [120, 'outage', '', ['db']],
    ],
  );
  assert.deepEqual(await get(app, 'tags=deploy%20db'), ['deploy 1'], 'all of them');
  assert.deepEqual(await get(app, 'tags=env:prod'), ['deploy 1']);
  assert.deepEqual(await get(app, 'tags=deploy%20db&set=union'), ['deploy 1', 'deploy 2', 'outage'], 'any of them');
  assert.deepEqual(await get(app, 'tags=nothing'), []);
  assert.deepEqual(await get(app, `from=${AT + 1}&until=${AT + 60}`), ['deploy 2']);
  assert.deepEqual((await app.inject('/events/')).json<Listed>().length, 3);
  assert.match((await app.inject('/events/get_data?jsonp=cb')).body, /^cb\(\[/);
});

void test('the same marker within a minute is one event', async (t) => {
  const app = build(t);
  assert.deepEqual(await post(app, { what: 'release 1.4.2', tags: ['release'], when: AT }), { added: true });
  assert.deepEqual(await post(app, { what: 'release 1.4.2', tags: ['release'], when: AT + 59 }), { added: false });
  assert.deepEqual(await post(app, { what: 'release 1.4.2', tags: ['release'], when: AT + 61 }), { added: true });
  assert.deepEqual(await post(app, { what: 'release 1.4.3', tags: ['release'], when: AT }), { added: true });
});

void test('one event is answered by its number, and shown on the page in browsers', async (t) => {
  const app = build(t);
  await post(app, { what: 'deploy', tags: ['web', 'env:prod'], when: AT + 0.25, data: 'a note' });
  const detail = { id: 1, when: '2026-11-22T14:00:00.250Z', what: 'deploy', data: 'a note', tags: ['web', 'env:prod'] };
  for (const url of ['/events/1', '/events/1/']) assert.deepEqual((await app.inject({ url, headers: { accept: 'application/json' } })).json(), detail);
  assert.deepEqual((await app.inject('/events/1/')).json(), detail);
  const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  const shown = await app.inject({ url: '/events/1/', headers });
  assert.deepEqual([shown.statusCode, shown.headers.location], [302, `/metrics?from=${AT - 1800}&until=${AT + 1800}`]);
  assert.equal((await app.inject({ url: '/events/', headers })).headers.location, '/metrics');
  assert.equal((await app.inject('/events/2/')).statusCode, 404);
  assert.equal((await app.inject('/events/x/')).statusCode, 404);
  assert.deepEqual(await get(app, `from=${AT}&until=${AT}&tags=*`), ['deploy'], 'the whole second counts');
});

void test('an event is taken at the root, where a proxy has cut the address off', async (t) => {
  const app = build(t);
  const answer = await app.inject({ method: 'POST', url: '/', payload: { what: 'tested', tags: 'web,mobile' } });
  assert.deepEqual([answer.statusCode, answer.json()], [200, { added: true }]);
  assert.deepEqual(await get(app, 'tags=web,mobile'), ['tested']);
});

void test('what is no event is refused with a reason', async (t) => {
  const app = build(t);
  for (const [payload, reason] of [
    [{ tags: ['a'] }, /'what' must be a text/],
    [{ what: ' ' }, /'what' must be a text/],
    [{ what: 'x', tags: 3 }, /'tags' must be a list of texts/],
    [{ what: 'x', when: 'yesterday' }, /'when' must be seconds/],
    [{ what: 'x', data: { a: 1 } }, /'data' must be a text/],
    [{ what: 'x', when: 1.7e12 }, /'when' must be seconds/],
    [{ what: 'x', tags: Array.from({ length: 101 }, () => 'a') }, /100 tags/],
    [[], /must be a JSON object/],
  ] as const) {
    const answer = await app.inject({ method: 'POST', url: '/events/', payload: payload as object });
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, reason);
  }
  const form = { method: 'POST', url: '/events/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'what=x' } as const;
  assert.match((await app.inject(form)).body, /such as \{\\"what\\": \\"release 1\.4\.2\\"/);
});
