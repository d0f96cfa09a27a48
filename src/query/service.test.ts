import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { allocateCounters, readCounters } from '../core/counters.ts';
import { defaultPolicy } from '../core/policy.ts';
import { Kind, Method } from '../core/series.ts';
import { type EmbeddedPoints, openPoints } from '../store/points/embedded/open.ts';
import { type QueryOptions, type QueryService, startQuery } from './service.ts';

const MINUTE = 60_000;
const NOW = Math.floor(Date.now() / MINUTE) * MINUTE;

/** A store with the series `a.x`: 1 to 60, a value a minute, the last one at NOW. */
async function openStore(t: TestContext): Promise<{ points: EmbeddedPoints; counters: SharedArrayBuffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-query-'));
  const counters = allocateCounters();
  const points = await openPoints({ folder: join(folder, 'points'), policy: defaultPolicy(), maxSeries: 1000, counters });
  t.after(async () => {
    await points[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  const writer = points.writer();
  const id = writer.declare('a.x', Kind.gauge, Method.average);
  for (let i = 0; i < 60; i++) writer.add(id, NOW - (59 - i) * MINUTE, i + 1);
  await points.sync();
  return { points, counters };
}

function start(t: TestContext, store: { points: EmbeddedPoints; counters: SharedArrayBuffer }, options: Partial<QueryOptions> = {}): QueryService {
  const service = startQuery({ connect: () => store.points.connect(), counters: store.counters, ...options });
  t.after(() => service.stop());
  return service;
}

const ask = (target: string, format = 'json'): Record<string, string[]> => ({
  target: [target],
  format: [format],
  from: [String((NOW - 10 * MINUTE) / 1000)],
  until: [String(NOW / 1000)],
});

const text = (body: Uint8Array): string => new TextDecoder().decode(body);

void test('the query worker reads the store and answers in every format', async (t) => {
  const store = await openStore(t);
  const service = start(t, store);
  const json = await service.render(ask('scale(a.x,10)'));
  assert.equal(json.status, 200);
  assert.equal(json.type, 'application/json');
  const [row] = JSON.parse(text(json.body)) as { target: string; datapoints: [number, number][] }[];
  assert.equal(row.target, 'scale(a.x,10)');
  assert.deepEqual(row.datapoints.at(-1), [600, NOW / 1000]);
  assert.deepEqual(
    row.datapoints.map(([value]) => value),
    [510, 520, 530, 540, 550, 560, 570, 580, 590, 600],
  );

  const frame = JSON.parse(text((await service.render(ask('a.*', 'frame'))).body)) as { rows: { kind: string; values: number[] }[] };
  assert.equal(frame.rows[0].kind, 'gauge');
  assert.equal(frame.rows[0].values.at(-1), 60);
  assert.match(text((await service.render(ask('a.x', 'raw'))).body), /^a\.x,\d+,\d+,60\|51,52,/);
  assert.match(text((await service.render(ask('a.x', 'csv'))).body), /^a\.x,\d{4}-\d\d-\d\d \d\d:\d\d:00,51\r\n/);
  assert.equal(readCounters(store.counters)['query.renders'], 4);
});

/** A thousand rows of an hour: about a megabyte. */
const askMuch = (): Record<string, string[]> => ({
  ...ask('a.x'),
  target: Array.from({ length: 1000 }, () => 'a.x'),
  from: [String((NOW - 60 * MINUTE) / 1000)],
});

void test('a long answer comes in parts to who takes them, and whole to others', async (t) => {
  const store = await openStore(t);
  const service = start(t, store);
  const whole = await service.render(askMuch());
  const parts: Uint8Array[] = [];
  const last = await service.render(askMuch(), {
    part: ({ status, type, body }) => parts.push(body) && assert.deepEqual([status, type], [200, 'application/json']),
  });
  assert.ok(parts.length > 1);
  assert.equal(text(Buffer.concat([...parts, last.body])), text(whole.body));
});

void test('an answer that is begun and cannot be finished ends as an error', async (t) => {
  const store = await openStore(t);
  const service = start(t, store);
  const { status } = await service.render(askMuch(), { part: () => void service.stop() });
  assert.equal(status, 503);
});

void test('events are asked of who has them', async (t) => {
  const store = await openStore(t);
  const asked: unknown[] = [];
  const service = start(t, store, {
    events: async (question) => {
      asked.push(question);
      if (question.tags.includes('broken')) throw new Error('the disk is away');
      return [NOW - 5000, NOW - 4800, NOW + 60_000];
    },
  });
  const answer = await service.render({ ...ask("events('release','web')"), from: [String(NOW / 1000 - 10)] });
  const [row] = JSON.parse(text(answer.body)) as { target: string; datapoints: [number | null, number][] }[];
  assert.equal(row.target, 'events("release", "web")');
  assert.deepEqual(
    row.datapoints.map(([value]) => value),
    [null, null, null, null, null, 2, null, null, null, null],
  );
  assert.deepEqual(asked, [{ tags: ['release', 'web'], from: NOW - 10_000, until: NOW }]);
  await service.render(ask("events('*')"));
  assert.deepEqual((asked[1] as { tags: string[] }).tags, []);
  const broken = await service.render(ask("events('broken')"));
  assert.equal(broken.status, 503);
  assert.equal(text(broken.body), 'cannot read events: the disk is away\n');
  assert.equal((await service.render({ ...ask("events('release')"), from: ['-2y'] })).status, 400, 'a value a second of two years');
});

void test('what is wrong with a question is answered with a reason', async (t) => {
  const store = await openStore(t);
  const service = start(t, store, { limits: { maxPoints: 100, maxSeries: 10, regexSteps: 1000 } });
  for (const [params, status, reason] of [
    [ask('nope(a.x)'), 400, /^cannot call nope\(\): there is no such function\n$/],
    [ask('a.x', 'gif'), 400, /formats are png, svg, pdf, json, csv, raw, pickle, dygraph, rickshaw, frame/],
    [{ ...ask('a.x'), from: ['garbage'] }, 400, /cannot read time 'garbage'/],
    [{ ...ask('a.x'), from: ['-1y'] }, 400, /more than 100 points/],
    [{ ...ask('a.x'), maxDataPoints: ['0'] }, 400, /maxDataPoints must be 1 or more/],
    [{ ...ask('a.x'), from: ['now'], until: ['now'] }, 400, /the same time/],
    [ask('sumSeries(a.x', 'frame'), 400, /"code":"bad_target".*a comma or \) is expected/],
  ] as const) {
    const answer = await service.render(params);
    assert.equal(answer.status, status);
    assert.match(text(answer.body), reason);
  }
  assert.equal(readCounters(store.counters)['query.refused'], 7);
});

void test('questions made to hold a server up are refused with a reason, or answered', async (t) => {
  const store = await openStore(t);
  const service = start(t, store);
  for (const [target, from, status, said] of [
    ["sin('x',1,1)", '-1y', 400, /^cannot answer: more than 30,000,000 points would be read or computed; ask for fewer series or a shorter time\n$/],
    [`${'sum('.repeat(10_000)}a.x${')'.repeat(10_000)}`, '-1h', 400, /^cannot read target: functions are nested more than 100 deep/],
    ["timeStack(a.x,'1d',0,1000000000)", '-1h', 400, /^cannot call timeStack\(\): it shifts by more than 1000 years\n$/],
    ["timeStack(a.x,'1s',0,1000000)", '-1h', 400, /^cannot answer: more than (200 windows of time|30,000,000 points) would be read/],
    ["movingWindow(sin('x',1,1),10000,'diff')", '-1d', 400, /^cannot answer: more than 30,000,000 points/],
    ["grep(a.x,'(a+)+$')", '-1h', 200, /^\[\]$/],
    [`aliasSub(a.x,'${'(a|a)*'.repeat(40)}b','')`, '-1h', 200, /"target":"a\.x"/],
  ] as const) {
    const answer = await service.render({ ...ask(target), from: [from], until: ['now'] });
    assert.match(text(answer.body), said);
    assert.equal(answer.status, status, target.slice(0, 40));
  }
});

void test('a question beyond its deadline is ended with the worker, and told so', async (t) => {
  const store = await openStore(t);
  // Shorter than any worker takes to start.
  const service = start(t, store, { deadline: 1 });
  const answers = await Promise.all([service.render(ask('a.x', 'frame')), service.render(ask('a.x'))]);
  for (const answer of answers) assert.equal(answer.status, 503);
  assert.match(text(answers[0].body), /"timed_out"/);
  assert.ok(readCounters(store.counters)['query.timed_out'] >= 1);
});

/** A value a second of eight days, more than the quick worker computes; once for each of `targets`. */
const askLong = (targets = 1): Record<string, string[]> => ({
  ...ask('a.x'),
  target: Array.from({ length: targets }, (_, i) => `countSeries(sin('wave${i}',1,1))`),
  from: [String(NOW / 1000 - 8 * 86_400)],
  maxDataPoints: ['10'],
});

void test('a question that would keep others waiting is answered by a worker of its own', async (t) => {
  const store = await openStore(t);
  let workers = 0;
  const service = start(t, store, {
    connect: () => {
      workers++;
      return store.points.connect();
    },
  });
  assert.equal((await service.render(ask('a.x'))).status, 200);
  assert.equal(workers, 1);
  const { status, body } = await service.render(askLong());
  assert.equal(status, 200);
  assert.equal((JSON.parse(text(body)) as { datapoints: [number, number][] }[])[0].datapoints.at(-1)?.[0], 1);
  assert.equal(workers, 2);
  assert.equal(readCounters(store.counters)['query.renders'], 2, 'a question counts once');
});

void test('short questions are answered while long ones compute', async (t) => {
  const store = await openStore(t);
  const service = start(t, store);
  const done: string[] = [];
  const long = [4, 4, 4].map((targets) => service.render(askLong(targets)).then(({ status }) => done.push(`long ${status}`)));
  for (let i = 0; i < 5; i++) done.push(`short ${(await service.render(ask('a.x'))).status}`);
  await Promise.all(long);
  assert.deepEqual(done, [...Array.from({ length: 5 }, () => 'short 200'), ...Array.from({ length: 3 }, () => 'long 200')]);
});

void test('a long question that is withdrawn ends before it is answered', async (t) => {
  const store = await openStore(t);
  const service = start(t, store);
  const gone = new AbortController();
  const long = service.render(askLong(10), { signal: gone.signal });
  // It has left the quick worker when a later one is answered.
  await service.render(ask('a.x'));
  gone.abort();
  assert.equal((await long).status, 499);
});

void test('a withdrawn question and a stopped service answer at once', async (t) => {
  const store = await openStore(t);
  const service = start(t, store);
  const gone = new AbortController();
  const answers = Array.from({ length: 5 }, () => service.render(ask('a.x'), { signal: gone.signal }));
  gone.abort();
  for (const answer of (await Promise.all(answers)).slice(2)) assert.equal(answer.status, 499);
  const waiting = service.render(ask('a.x'));
  await service.stop();
  assert.equal((await waiting).status, 503);
  assert.equal((await service.render(ask('a.x'))).status, 503);
});

const askChanges = { at: NOW - 10 * MINUTE, span: 5 * MINUTE, pattern: 'a.*', limit: 5 };

void test('changes are answered one question at a time beside others, and refused in words', async (t) => {
  const store = await openStore(t);
  const service = start(t, store);
  const gone = new AbortController();
  const changes = Array.from({ length: 12 }, (_, i) => service.changes(askChanges, { signal: i === 5 ? gone.signal : undefined }));
  const rows = Array.from({ length: 4 }, () => service.render(ask('a.x')));
  gone.abort();
  const answers = await Promise.all(changes);
  assert.deepEqual(
    (await Promise.all(rows)).map(({ status }) => status),
    [200, 200, 200, 200],
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200, 200, 499, 200, 200, 200, 200, 200, 503],
  );
  const found = JSON.parse(text(answers[0].body)) as { looked: number; of: number; span: number };
  assert.deepEqual([found.looked, found.of, found.span], [1, 1, 5 * MINUTE]);
  const recent = await service.changes({ ...askChanges, at: Date.now() });
  assert.equal(recent.status, 400);
  assert.match(text(recent.body), /"too_recent"/);
});

void test('the worker ends when it is quiet and comes back with the next question', async (t) => {
  const store = await openStore(t);
  const connections: MessagePort[] = [];
  const service = start(t, store, {
    quiet: 1,
    connect: () => {
      connections.push(store.points.connect());
      return connections[connections.length - 1];
    },
  });
  while (connections.length < 2) {
    assert.equal((await service.render(ask('a.x'))).status, 200);
    await setTimeout(5);
  }
});
