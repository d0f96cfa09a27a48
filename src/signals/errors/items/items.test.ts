import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { parseEnvelope } from '../wire/envelope.ts';
import { readAttachment } from './attachment.ts';
import { readCheckIn } from './check-in.ts';
import { readClientReport } from './client-report.ts';
import { readUserReport } from './feedback.ts';
import { readLogs } from './log.ts';
import { readItem } from './read-item.ts';
import { readSession, readSessions } from './session.ts';
import { readSpans } from './span.ts';
import { readTraceMetrics } from './trace-metric.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const ID = '9ec79c33ec9942ab8353589fcb2e04dc';
const SPAN = 'bffa6403fd955ad5';
const ARRIVAL = { received: NOW, newId: () => ID };

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const SESSION = {
  sid: '9ec79c33-ec99-42ab-8353-589fcb2e04dc',
  init: true,
  started: '2026-11-22T11:59:00Z',
  timestamp: NOW / 1000,
  status: 'ok',
  attrs: { release: 'web@1' },
};

test('a session tells who, since when, and how it is', () => {
  assert.deepEqual(
    plain(readSession({ ...SESSION, did: 42, seq: 3, duration: 1.5, errors: 2, attrs: { release: 'web@1', environment: 'prod', user_agent: 'UA' } }, NOW)),
    {
      id: ID,
      user: '42',
      isFirst: true,
      sequence: 3,
      started: NOW - 60_000,
      timestamp: NOW,
      durationMs: 1500,
      status: 'ok',
      errors: 2,
      release: 'web@1',
      environment: 'prod',
      userAgent: 'UA',
    },
  );
  const crashed = readSession({ ...SESSION, init: undefined, status: 'UNHANDLED', timestamp: undefined }, NOW);
  assert.deepEqual([crashed.isFirst, crashed.status, crashed.errors, crashed.sequence], [false, 'unhandled', 1, NOW]);
});

test('a session without an id, a beginning or a release is refused, as is one that began long ago', () => {
  for (const change of [
    { sid: 'x' },
    { started: 'x' },
    { attrs: {} },
    { attrs: null },
    { started: '2026-11-16T12:00:00Z' },
    { started: '2026-11-22T12:02:00Z' },
  ])
    assert.throws(() => readSession({ ...SESSION, ...change }, NOW), { code: 'bad_item' }, JSON.stringify(change));
});

test('sessions that a server counted come by the minute', () => {
  const minute = { started: '2026-11-22T11:59:00Z', exited: 5, errored: 1, crashed: -1, abnormal: 'x' };
  assert.deepEqual(plain(readSessions({ attrs: { release: 'web@1' }, aggregates: [minute, { ...minute, started: '2026-01-01T00:00:00Z' }, 7] }, NOW)), {
    release: 'web@1',
    counts: [{ started: NOW - 60_000, exited: 5, errored: 1, abnormal: 0, crashed: 0, unhandled: 0 }],
  });
  assert.throws(() => readSessions({ attrs: { release: 'web@1' }, aggregates: [] }, NOW), { code: 'bad_item' });
});

test('a check-in names its monitor and may bring its settings', () => {
  const config = {
    schedule: { type: 'interval', value: 2, unit: 'hour' },
    checkin_margin: 5,
    max_runtime: 30,
    timezone: 'Europe/Berlin',
    failure_issue_threshold: 2,
    recovery_threshold: 0,
  };
  assert.deepEqual(plain(readCheckIn({ check_in_id: ID, monitor_slug: 'Nightly Job', status: 'ok', duration: 3.2, monitor_config: config })), {
    id: ID,
    slug: 'nightly-job',
    status: 'ok',
    durationMs: 3200,
    environment: 'production',
    config: {
      schedule: { kind: 'interval', every: 2, unit: 'hour' },
      marginMinutes: 5,
      mostRuntimeMinutes: 30,
      timezone: 'Europe/Berlin',
      failureThreshold: 2,
    },
  });
  assert.deepEqual(plain(readCheckIn({ status: 'error', duration: '1.5', check_in_id: '00000000-0000-0000-0000-000000000000' }, 'my_job')), {
    id: 'latest',
    slug: 'my_job',
    status: 'error',
    durationMs: 1500,
    environment: 'production',
  });
});

test('settings that cannot be taken do not lose the check-in', () => {
  for (const config of [
    {},
    { schedule: { type: 'crontab' } },
    { schedule: { type: 'interval', value: 1, unit: 'fortnight' } },
    { schedule: { value: '* * * * *' }, timezone: 'Mars/Base' },
  ]) {
    const checkIn = readCheckIn({ monitor_slug: 'a', status: 'ok', monitor_config: config });
    assert.equal(checkIn.config, undefined);
    assert.match(checkIn.configProblem ?? '', /^cannot read the check-in: /);
  }
  for (const bad of [{}, { monitor_slug: 'a' }, { status: 'ok' }, { monitor_slug: '…', status: 'ok' }, { monitor_slug: 'a', status: 'missed' }])
    assert.throws(() => readCheckIn(bad), { code: 'bad_item' });
});

test('a client report counts what the client threw away', () => {
  const report = {
    timestamp: NOW / 1000,
    discarded_events: [{ reason: 'before_send', category: 'error', quantity: 2 }, { reason: 'x' }, null],
    rate_limited_events: [{ reason: 'r', category: 'c', quantity: 1 }],
  };
  assert.deepEqual(readClientReport(report, NOW), {
    timestamp: NOW,
    discarded: [
      { reason: 'before_send', category: 'error', quantity: 2 },
      { reason: 'r', category: 'c', quantity: 1 },
    ],
  });
  assert.deepEqual(readClientReport({}, NOW), { timestamp: NOW, discarded: [] });
});

test('feedback comes as a user report, from a form, and as an event', () => {
  assert.deepEqual(plain(readUserReport({ event_id: ID, name: 'Bob', email: 'b@example.test', comments: ' broke ' })), {
    message: 'broke',
    name: 'Bob',
    email: 'b@example.test',
    eventId: ID,
  });
  assert.deepEqual(plain(readUserReport({ eventId: ID, comments: 'broke' })), { message: 'broke', eventId: ID });
  const feedback = { contact_email: 'b@example.test', name: 'Bob', message: 'It broke', url: 'http://shop.test/cart', associated_event_id: ID };
  const item = readItem({ type: 'feedback', header: {}, payload: Buffer.from(JSON.stringify({ type: 'feedback', contexts: { feedback } })) }, {}, ARRIVAL);
  assert.deepEqual(item.kind === 'feedback' && plain(item.feedback), {
    message: 'It broke',
    name: 'Bob',
    email: 'b@example.test',
    url: 'http://shop.test/cart',
    eventId: ID,
    ownId: ID,
  });
  for (const bad of [{ event_id: ID }, { comments: 'x' }, { event_id: ID, comments: ' ' }]) assert.throws(() => readUserReport(bad), { code: 'bad_item' });
});

test('logs come in a container, or alone; what is missing is counted', () => {
  const log = {
    timestamp: NOW / 1000,
    level: 'warning',
    body: 'x',
    trace_id: ID,
    attributes: { a: { value: 42, type: 'integer' }, b: { value: ['x', 1] }, c: { value: null }, d: true },
  };
  const { entries, bad } = readLogs({ version: 2, items: [log, { level: 'info' }, 7] }, 4, NOW);
  assert.deepEqual(plain(entries), [{ timestamp: NOW, level: 'warn', severity: 13, body: 'x', traceId: ID, attributes: { a: 42, b: ['x', '1'], d: true } }]);
  assert.equal(bad, 3);
  assert.deepEqual(plain(readLogs({ body: 'y', severity_number: 22 }, undefined, NOW).entries), [
    { timestamp: NOW, level: 'fatal', severity: 22, body: 'y', attributes: {} },
  ]);
  assert.throws(() => readLogs({ items: 7 }, undefined, NOW), { code: 'bad_item' });
  assert.equal(readLogs({ items: Array.from({ length: 1500 }, () => log) }, 1500, NOW).bad, 500);
});

test('spans come in a container of the second version, or alone in the first', () => {
  const span = {
    name: 'GET /',
    span_id: SPAN,
    trace_id: ID,
    start_timestamp: NOW / 1000 - 1,
    end_timestamp: NOW / 1000,
    is_segment: true,
    status: 'ok',
    attributes: { 'sentry.op': { value: 'http' } },
  };
  const read = { name: 'GET /', traceId: ID, spanId: SPAN, start: NOW - 1000, end: NOW, isSegment: true, status: 'ok', attributes: { 'sentry.op': 'http' } };
  assert.deepEqual(plain(readSpans({ version: 2, items: [span, { ...span, span_id: 'x' }] }, 2)), { entries: [read], bad: 1 });
  const old = {
    description: 'GET /',
    op: 'http',
    span_id: SPAN,
    trace_id: ID,
    start_timestamp: NOW / 1000 - 1,
    timestamp: NOW / 1000,
    is_segment: true,
    status: 'ok',
    data: {},
  };
  assert.deepEqual(plain(readSpans(old, undefined)), { entries: [read], bad: 0 });
});

test('metrics have a name, a kind and a number', () => {
  const metric = { timestamp: NOW / 1000, name: 'checkout.count', type: 'counter', unit: 'none', value: 7, attributes: {} };
  assert.deepEqual(plain(readTraceMetrics({ items: [metric, { ...metric, type: 'set' }, { ...metric, value: 'x' }] }, 3, NOW)), {
    entries: [{ name: 'checkout.count', type: 'counter', value: 7, timestamp: NOW, attributes: {} }],
    bad: 2,
  });
});

test('an attachment has a name without folders and a type that is one', () => {
  const payload = Buffer.from('x');
  const name = (filename: unknown): string => readAttachment({ filename }, payload).filename;
  assert.deepEqual(['note.txt', '../../etc/passwd', 'C:\\a\\b.txt', 'a\r\n"b".txt', '..', '', 7, undefined, 'x/'].map(name), [
    'note.txt',
    'passwd',
    'b.txt',
    'a b.txt',
    'unnamed',
    'unnamed',
    '7',
    'unnamed',
    'unnamed',
  ]);
  const type = (content_type: unknown): string => readAttachment({ content_type }, payload).contentType;
  assert.deepEqual(['Text/Plain', 'text/html\r\nX: y', 'nonsense', undefined, 'text/plain; charset=utf-8'].map(type), [
    'text/plain',
    'application/octet-stream',
    'application/octet-stream',
    'application/octet-stream',
    'text/plain; charset=utf-8',
  ]);
});

test('what is not kept is told by its type', () => {
  for (const type of ['replay_recording', 'profile', 'statsd', 'of_the_future', '__proto__'])
    assert.deepEqual(readItem({ type, header: {}, payload: Buffer.from('\xff') }, {}, ARRIVAL), { kind: 'not_kept', type });
});

test('whatever is in an item, it is read or refused by a HeedError', () => {
  const types = [
    'event',
    'transaction',
    'feedback',
    'user_report',
    'session',
    'sessions',
    'check_in',
    'client_report',
    'log',
    'span',
    'trace_metric',
    'attachment',
  ];
  const names = [
    'sid',
    'started',
    'attrs',
    'aggregates',
    'monitor_slug',
    'status',
    'monitor_config',
    'discarded_events',
    'comments',
    'event_id',
    'items',
    'timestamp',
    'attributes',
    'contexts',
    'body',
    'value',
  ];
  const payload = fc.oneof(
    fc.uint8Array(),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    fc.dictionary(fc.constantFrom(...names), fc.jsonValue()).map((value) => Buffer.from(JSON.stringify(value))),
  );
  const property = fc.property(fc.constantFrom(...types), payload, (type, bytes) => {
    const envelope = parseEnvelope(Buffer.concat([Buffer.from(`{}\n{"type":"${type}","length":${bytes.length}}\n`), bytes]));
    try {
      assert.ok(readItem(envelope.items[0], envelope.header, ARRIVAL).kind !== 'not_kept');
    } catch (error) {
      assert.ok(error instanceof HeedError, String(error));
    }
  });
  fc.assert(property, { numRuns: 2000 });
});
