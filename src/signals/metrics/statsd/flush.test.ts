import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../core/config/config.ts';
import { allocateCounters, CounterLane, readCounters } from '../../../core/counters.ts';
import { RecordingWriter } from '../carbon/recording-writer.fixture.ts';
import { Aggregation } from './aggregation.ts';
import { Flusher } from './flush.ts';
import { Outputs } from './output.ts';

const memory = (): SharedArrayBuffer => allocateCounters();

async function start(flags: Record<string, string> = {}, counters = memory()) {
  const config = await readConfig(
    Object.fromEntries(
      Object.entries({ maxSeries: '1024', ...flags }).map(([key, value]) => [key === 'flush' || key === 'percentiles' ? key : `statsdOptions.${key}`, value]),
    ),
    {},
    import.meta.dirname,
  );
  const writer = new RecordingWriter();
  const aggregation = new Aggregation({ maxSeries: config.statsdOptions.maxSeries, slots: 0, sanitize: true, histograms: 'timer', factLine: () => undefined });
  const flusher = new Flusher(aggregation, new Outputs(config, []), writer, new CounterLane(counters, 'receive'), config);
  let time = 0;
  return {
    writer,
    aggregation,
    flusher,
    feed: (text: string): void => {
      const bytes = Buffer.from(text);
      aggregation.lines(bytes, 0, bytes.length);
    },
    /** Flushes and tells what was sent, by name. */
    flush: async (): Promise<Record<string, number>> => {
      writer.points.length = 0;
      time += 10_000;
      await flusher.flush(time);
      for (const point of writer.points) assert.equal(point[1], time);
      return Object.fromEntries(writer.points.map(([name, , value]) => [name, value]));
    },
  };
}

const EVERYTHING = 'c:5|c\nt:3|ms\ng:7|g\ns:x|s\nsvc.packets_received:1|c';

test('idle series go on as upstream’s do', async () => {
  const { feed, flush } = await start({ flush: '10', percentiles: '' });
  feed(EVERYTHING);
  await flush();
  assert.deepEqual(await flush(), {
    'stats.c': 0,
    'stats_counts.c': 0,
    'stats.timers.t.count': 0,
    'stats.timers.t.count_ps': 0,
    'stats.gauges.g': 7,
    'stats.sets.s.count': 0,
    'stats.svc.packets_received': 0,
    'stats_counts.svc.packets_received': 0,
  });
});

test('deleteIdleStats silences idle series, but for upstream’s own counters', async () => {
  const { feed, flush } = await start({ deleteIdleStats: 'true' });
  feed(EVERYTHING);
  await flush();
  assert.deepEqual(await flush(), { 'stats.svc.packets_received': 0, 'stats_counts.svc.packets_received': 0 });
  feed('g:+2|g\nc:1|c');
  const again = await flush();
  assert.equal(again['stats.gauges.g'], 2, 'a deleted gauge starts anew');
  assert.equal(again['stats_counts.c'], 1);
});

test('each kind has a delete option of its own', async () => {
  const { feed, flush } = await start({ deleteIdleStats: 'true', deleteCounters: 'false', deleteSets: 'false' });
  feed(EVERYTHING);
  await flush();
  assert.deepEqual(Object.keys(await flush()).toSorted(), [
    'stats.c',
    'stats.sets.s.count',
    'stats.svc.packets_received',
    'stats_counts.c',
    'stats_counts.svc.packets_received',
  ]);
});

test('a gauge outlives gaugesMaxTTL flushes without a value', async () => {
  const { feed, flush } = await start({ deleteGauges: 'true', gaugesMaxTTL: '3' });
  feed('g:1|g');
  const sent: boolean[] = [];
  for (let i = 0; i < 5; i++) sent.push('stats.gauges.g' in (await flush()));
  assert.deepEqual(sent, [true, true, true, false, false]);
});

test('the count of a counter can be left out', async () => {
  const { feed, flush } = await start({ flushCounts: 'false' });
  feed('c:5|c');
  assert.deepEqual(await flush(), { 'stats.c': 0.5 });
});

test('a full queue is waited for and nothing is lost', async () => {
  const { feed, flusher, writer } = await start();
  for (let i = 0; i < 100; i++) feed(`c${i}:1|c`);
  writer.room = 30;
  const done = flusher.flush(1000);
  while (writer.points.length < 200) {
    if (writer.isWaitedFor) writer.drain(17);
    await new Promise(setImmediate);
  }
  const report = await done;
  assert.equal(report.points, 200);
  assert.equal(new Set(writer.points.map(([name]) => name)).size, 200);
});

test('a queue that stays full ends the flush before the next one; the drops are counted', async () => {
  const counters = memory();
  const { feed, flusher, writer } = await start({ flush: '0.1' }, counters);
  for (let i = 0; i < 100; i++) feed(`c${i}:1|c`);
  writer.room = 30;
  await flusher.flush(1000);
  assert.equal(writer.points.length, 30);
  assert.equal(readCounters(counters)['points.dropped.queue_full'], 170);
});

test('names that were silent for long make room when the table is nearly full', async () => {
  const { feed, flush, aggregation } = await start({ flush: '600' });
  for (let i = 0; i < 1024; i++) feed(`old${i}:1|c`);
  feed('new:1|c');
  await flush();
  assert.equal(aggregation.takeCounts().refused, 1);
  feed('old5:1|c');
  await flush();
  assert.equal(aggregation.seriesInUse, 1);
  feed('new:1|c\nold5:1|c');
  const sent = await flush();
  assert.deepEqual([sent['stats_counts.new'], sent['stats_counts.old5']], [1, 1]);
});

test('a large flush lets others run in between', async () => {
  const { feed, flusher } = await start({ maxSeries: '16384' });
  for (let i = 0; i < 10_000; i++) feed(`t${i}:${Array.from({ length: 100 }, (_, k) => (i * 7 + k * 13) % 500).join(':')}|ms`);
  let turns = 0;
  let running = true;
  const spin = (): void => {
    turns++;
    if (running) setImmediate(spin);
  };
  spin();
  const report = await flusher.flush(1000);
  running = false;
  assert.equal(report.points, 10_000 * 14);
  assert.ok(turns > 10, `only ${turns} turns`);
});
