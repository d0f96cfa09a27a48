import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { makeDeps } from '../deps.fixture.ts';
import { buildApi } from '../server.ts';
import type { Annotation } from './annotation.ts';

const AT = Date.UTC(2026, 10, 22, 14);
const HOUR = 3_600_000;

async function build(t: TestContext, token = ''): Promise<FastifyInstance> {
  const { app } = await buildApi(await makeDeps(t, { token }));
  t.after(() => app.close());
  return app;
}

type Ask = { method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; payload?: unknown; headers?: Record<string, string>; remoteAddress?: string };

interface Answered<Answer> {
  status: number;
  answer: Answer;
}

async function ask<Answer>(app: FastifyInstance, url: string, { headers, payload, ...ask }: Ask = {}): Promise<Answered<Answer>> {
  const answer = await app.inject({
    method: payload ? 'POST' : 'GET',
    ...ask,
    url,
    payload: payload as object,
    headers: { host: '127.0.0.1:4400', ...headers },
  });
  return { status: answer.statusCode, answer: JSON.parse(answer.body) as Answer };
}

async function texts(app: FastifyInstance, query: string): Promise<string[]> {
  const { status, answer } = await ask<Annotation[]>(app, `/api/annotations?${query}`);
  assert.equal(status, 200, JSON.stringify(answer));
  return answer.map(({ text }) => text);
}

void test('annotations are kept as events, each once, and listed as Grafana lists them', async (t) => {
  const app = await build(t);
  const said = { dashboardUID: 'jcIIG-07z', panelId: 2, time: AT, timeEnd: AT + HOUR, tags: ['tag1', 'tag2'], text: 'Annotation Description' };
  const added = await ask(app, '/api/annotations', { payload: said });
  assert.deepEqual(added, { status: 200, answer: { message: 'Annotation added', id: 1 } });
  assert.deepEqual((await ask(app, '/api/annotations', { payload: said })).answer, { message: 'Annotation added', id: 1 });
  const graphite = { what: 'Event - deploy', tags: ['deploy', 'production'], when: AT / 1000 + 60, data: 'deploy of master' };
  assert.deepEqual((await ask(app, '/api/annotations/graphite', { payload: graphite })).answer, { message: 'Graphite annotation added', id: 2 });

  const { answer } = await ask<Annotation[]>(app, '/api/annotations');
  assert.deepEqual(
    answer.map(({ id, text, tags, time, timeEnd, dashboardUID, panelId, data }) => ({ id, text, tags, time, timeEnd, dashboardUID, panelId, data })),
    [
      {
        id: 2,
        text: 'Event - deploy\ndeploy of master',
        tags: ['deploy', 'production'],
        time: AT + 60_000,
        timeEnd: AT + 60_000,
        dashboardUID: '',
        panelId: 0,
        data: {},
      },
      { id: 1, text: 'Annotation Description', tags: ['tag1', 'tag2'], time: AT, timeEnd: AT + HOUR, dashboardUID: 'jcIIG-07z', panelId: 2, data: {} },
    ],
  );
  assert.deepEqual((await ask(app, '/api/annotations/1')).answer, answer[1]);
  assert.equal((await ask(app, '/api/annotations/3')).status, 404);
  assert.equal((await ask(app, '/api/annotations/one')).status, 404);
  const events = await ask<{ what: string; when: number }[]>(app, '/events/get_data');
  assert.deepEqual(
    events.answer.map(({ what, when }) => [what, when]),
    [
      ['Annotation Description', AT / 1000],
      ['Event - deploy', AT / 1000 + 60],
    ],
  );
  assert.deepEqual((await ask(app, '/api/annotations/tags')).answer, {
    result: { tags: ['deploy', 'production', 'tag1', 'tag2'].map((tag) => ({ tag, count: 1 })) },
  });
});

void test('annotations are found by time, tags and panel', async (t) => {
  const app = await build(t);
  for (const said of [
    { text: 'a', time: AT, tags: ['x', 'y'], dashboardUID: 'one', panelId: 1 },
    { text: 'b', time: AT + HOUR, tags: ['x'], dashboardId: 7 },
    { text: 'c', time: AT + 2 * HOUR, timeEnd: AT + 4 * HOUR, tags: ['z:1'] },
  ])
    assert.equal((await ask(app, '/api/annotations', { payload: said })).status, 200);
  assert.deepEqual(await texts(app, ''), ['c', 'b', 'a']);
  assert.deepEqual(await texts(app, 'limit=1'), ['c']);
  assert.deepEqual(await texts(app, `from=${AT}&to=${AT + HOUR}`), ['b', 'a'], 'both ends are included');
  assert.deepEqual(await texts(app, `from=${AT + 3 * HOUR}&to=${AT + 5 * HOUR}`), ['c'], 'a region reaches into the window');
  assert.deepEqual(await texts(app, `from=${AT + 5 * HOUR}`), []);
  assert.deepEqual(await texts(app, 'tags=x&tags=y'), ['a']);
  assert.deepEqual(await texts(app, 'tags=y&tags=z:1&matchAny=true'), ['c', 'a']);
  assert.deepEqual(await texts(app, 'dashboardUID=one&panelId=1&type=annotation'), ['a']);
  assert.deepEqual(await texts(app, 'dashboardId=7'), ['b']);
  assert.deepEqual(await texts(app, 'type=alert'), []);
  for (const wrong of ['from=yesterday', 'limit=1000000', `tags=${'&tags='.repeat(21)}`])
    assert.equal((await ask(app, `/api/annotations?${wrong}`)).status, 400, wrong);
});

void test('the same annotation of many hosts at once is one', async (t) => {
  const app = await build(t);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => ask<{ id: number }>(app, '/api/annotations', { payload: { text: 'release 2', tags: ['a'] } })),
  );
  assert.deepEqual(new Set(answers.map(({ answer }) => answer.id)), new Set([1]));
  await ask(app, '/api/annotations', { payload: { text: 'release 2', tags: ['a', 'b'] } });
  await ask(app, '/api/annotations', { payload: { text: 'release 2', tags: ['a'], panelId: 3 } });
  assert.equal((await texts(app, '')).length, 3, 'other tags or another panel make another one');
});

void test('what happened does not change', async (t) => {
  const app = await build(t);
  await ask(app, '/api/annotations', { payload: { text: 'a' } });
  for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
    const { status, answer } = await ask<{ message: string }>(app, '/api/annotations/1', { method });
    assert.equal(status, 405);
    assert.match(answer.message, /^cannot change an annotation: what happened is kept/);
  }
  assert.equal((await ask(app, '/api/annotations/mass-delete', { payload: { annotationId: 1 } })).status, 405);
  assert.deepEqual(await texts(app, ''), ['a']);
});

void test('who is not on this machine needs the token, as Bearer or as the password', async (t) => {
  const app = await build(t, 's3cret');
  const from = (authorization?: string): Promise<{ status: number }> =>
    ask(app, '/api/annotations/graphite', { payload: { what: 'x' }, remoteAddress: '203.0.113.9', headers: authorization ? { authorization } : {} });
  assert.equal((await from()).status, 401);
  assert.equal((await from('Bearer wrong')).status, 401);
  assert.equal((await from('Bearer s3cret')).status, 200);
  assert.equal((await from(`Basic ${Buffer.from('api_key:s3cret').toString('base64')}`)).status, 200);
});

void test('texts are kept as they are and bodies have a bound', async (t) => {
  const app = await build(t);
  const html = `<a href='javascript:alert(1)'>Result</a>\u2028"x"`;
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-8'])
    assert.equal(
      (await ask(app, '/api/annotations', { payload: JSON.stringify({ text: html, tags: [type] }), headers: { 'content-type': type } })).status,
      200,
    );
  assert.deepEqual(await texts(app, ''), [html, html, html, html]);
  const { headers } = await app.inject({ url: '/api/annotations', headers: { host: 'localhost' } });
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  const { status, answer } = await ask<{ message: string }>(app, '/api/annotations', { payload: { text: 'x'.repeat(300_001) } });
  assert.deepEqual([status, answer.message], [413, 'cannot read the request: its body is too large']);
});
