import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Body } from '../../../store/errors/sqlite/body.ts';
import { Allowance } from './allowance.ts';
import { digest } from './digest.ts';
import { begin } from './digesting.ts';
import type { Digest, Received } from './messages.ts';
import { readUserAgent } from './read-user-agent.ts';
import { Sessions } from './sessions.ts';
import { ToolsByProject } from './tools.ts';

const NOW = Date.UTC(2026, 10, 25, 12);
const tools = new ToolsByProject(readUserAgent).of(1);

function read(request: Partial<Omit<Received, 'body'>> & { body?: string | Uint8Array }, mostPerMinute = 1000): Promise<Digest> {
  const allowance = new Allowance({ mostPerMinute, dayPercentOfDisk: 10 }, 1e12);
  const { body = '', ...rest } = request;
  const received: Received = { door: 'envelope', project: { id: 1, slug: 'shop' }, query: '', received: NOW, client: '', ...rest, body: Buffer.from(body) };
  return digest(begin(received, { tools, allowance, sessions: new Sessions(), newId: () => 'f'.repeat(32) }));
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
const item = (type: string, payload: unknown): string => line({ type }) + line(payload);
const names = (result: Digest): Record<string, number> => Object.fromEntries(result.samples.map(({ name, value }) => [name, value]));

test('an event is scrubbed, has its client told apart, its frames marked, and is grouped before it is packed', async () => {
  const event = {
    release: 'shop@1',
    platform: 'javascript',
    user: { id: 7 },
    request: { url: 'https://shop.example.org/', headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' } },
    extra: { password: 'hunter2' },
    exception: {
      values: [
        {
          type: 'TypeError',
          value: 'x is null',
          mechanism: { handled: false },
          stacktrace: { frames: [{ filename: 'app.js', function: 'pay', in_app: true, lineno: 3 }] },
        },
      ],
    },
  };
  const result = await read({ body: line({ event_id: 'a'.repeat(32) }) + item('event', event) });
  const [row] = result.events;
  assert.deepEqual(
    [result.id, row.eventId, row.title, row.slug, row.release, row.handled],
    ['a'.repeat(32), 'a'.repeat(32), 'TypeError: x is null', 'shop', 'shop@1', false],
  );
  assert.match(row.hashes[0], /^[0-9a-f]{32}$/);
  const body = JSON.parse(row.body) as Body;
  assert.equal(body.event.contexts?.browser.name, 'Firefox');
  assert.equal(body.user, 'id:7');
  assert.doesNotMatch(row.body, /hunter2/);
});

test('what is good in an envelope is kept, whatever else is in it', async () => {
  const bad =
    item('event', ['no event']) + item('client_report', 7) + item('replay_event', {}) + item('profile', {}) + item('hologram', {}) + item('attachment', 'x');
  const result = await read({ body: line({}) + bad + item('event', { message: 'good' }) + '{"type":"event","length":99}\nshort' });
  assert.deepEqual(
    result.events.map(({ title }) => title),
    ['good'],
  );
  assert.deepEqual(result.notKept, { replay: 1, profile: 1, other: 1 });
  assert.deepEqual(result.dropped, { bad_item: 3 });
  assert.equal(result.fault, undefined);
});

test('when nothing can be used, it is said why', async () => {
  assert.deepEqual((await read({ body: line({}) + item('event', []) })).fault, {
    code: 'bad_event',
    message: 'cannot read the event: it must be a JSON object',
    status: 400,
  });
  assert.equal((await read({ body: 'x' })).fault?.code, 'bad_envelope');
  assert.equal((await read({ body: 'x', encoding: 'gzip' })).fault?.code, 'bad_encoding');
  assert.equal((await read({ body: line({}) + line({ type: 'event' }) + `"${'x'.repeat(1_100_000)}"` })).fault?.status, 413);
  assert.equal((await read({ body: line({}) })).fault, undefined, 'an envelope without items is none');
});

test('what is over the limits is not read; its client is told of what there was too much', async () => {
  const result = await read(
    { body: line({}) + item('event', { message: 'one' }) + item('event', { message: 'two' }) + item('check_in', { monitor_slug: 'm', status: 'ok' }) },
    1,
  );
  assert.equal(result.events.length, 1);
  assert.equal(result.facts.length, 1, 'each kind has limits of its own');
  assert.deepEqual(result.limited, [{ category: 'error', seconds: 60, scope: 'project' }]);
  assert.deepEqual(result.dropped, { rate_limited: 1 });
});

test('what is no error becomes facts and numbers', async () => {
  const span = { trace_id: 'b'.repeat(32), span_id: 'c'.repeat(16), start_timestamp: NOW / 1000 - 2, end_timestamp: NOW / 1000, name: 'GET /cart' };
  const result = await read({
    body:
      line({}) +
      item('log', {
        items: [{ timestamp: NOW / 1000, level: 'warn', body: 'password=hunter2', attributes: { 'sentry.release': { value: '1', type: 'string' } } }],
      }) +
      item('span', { items: [{ ...span, is_segment: true }, span] }) +
      item('trace_metric', { items: [{ name: 'carts.open now', type: 'counter', value: 3, timestamp: NOW / 1000 }] }) +
      item('session', { sid: 'd'.repeat(32), init: true, status: 'crashed', errors: 1, started: new Date(NOW).toISOString(), attrs: { release: 'shop@1.0' } }) +
      item('sessions', { attrs: { release: 'shop@1.0' }, aggregates: [{ started: new Date(NOW).toISOString(), exited: 4, errored: 1 }] }) +
      item('client_report', { discarded_events: [{ reason: 'sample_rate', category: 'error', quantity: 5 }] }) +
      item('transaction', {
        type: 'transaction',
        transaction: '/pay',
        start_timestamp: NOW / 1000 - 1,
        timestamp: NOW / 1000,
        contexts: { trace: { op: 'http.server' } },
      }),
  });
  assert.deepEqual(
    result.facts.map(({ kind, title, tags }) => [kind, title, tags.project]),
    [
      ['log', result.facts[0].title, 'shop'],
      ['transaction', 'GET /cart', 'shop'],
      ['client_report', '5 discarded by a client', 'shop'],
      ['transaction', '/pay', 'shop'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(result.facts), /hunter2/);
  assert.deepEqual([result.facts[1].data.durationMs, result.facts[3].data.durationMs], [2000, 1000]);
  assert.deepEqual(result.notKept, { span: 1 });
  const found = names(result);
  assert.equal(found['sentry.shop.carts.open_now'], 3);
  assert.equal(found['errors.shop.client_discarded.sample_rate'], 5);
  assert.equal(found['releases.shop.by_release.shop_1_0.sessions.crashed'], 1);
  assert.equal(found['releases.shop.sessions.exited'], 4);
});

test('whatever comes through whichever door, a digest is made', async () => {
  const doors = fc.constantFrom<Received['door']>('envelope', 'store', 'store_query', 'security', 'minidump', 'check_in', 'user_report', 'attachments');
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{}\n{"type":"event"}\n${json}\n`),
    fc
      .tuple(fc.constantFrom('event', 'log', 'span', 'session', 'sessions', 'transaction', 'feedback', '__proto__'), fc.json())
      .map(([type, json]) => `{}\n{"type":"${type}"}\n${json}\n`),
  );
  const property = fc.asyncProperty(doors, text, fc.constantFrom(undefined, '', 'gzip', 'br', 'x'), async (door, body, encoding) => {
    const result = await read({ door, body, encoding, query: body, monitor: 'm', contentType: 'multipart/form-data; boundary=x' });
    assert.notEqual(result.fault?.code, 'unreadable', 'that would be a bug');
    assert.ok((result.fault?.status ?? 400) < 500);
  });
  await fc.assert(property, { numRuns: 1000 });
});
