import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocateCounters, CounterLane, readCounters } from '../../../core/counters.ts';
import { Aggregator, percentile } from './aggregate.ts';
import { readAggregationRules } from './conf/rule-files.ts';
import { CarbonDoor } from './door.ts';
import { LineParser } from './line.ts';
import { NameTable } from './name-table.ts';
import { RecordingWriter } from './recording-writer.fixture.ts';
import { type CarbonRules, NO_RULES } from './rules.ts';

const START = 1_700_000_040_000;
const lines = (text: string): CarbonRules => ({ ...NO_RULES, aggregation: readAggregationRules(text).rules });

function aggregating(rules: CarbonRules) {
  const memory = allocateCounters();
  const counters = new CounterLane(memory, 'receive');
  const writer = new RecordingWriter();
  const aggregator = new Aggregator(writer, counters);
  const door = new CarbonDoor(writer, counters, new NameTable(1000), aggregator);
  door.useRules(rules);
  const parser = new LineParser(door, counters);
  return {
    writer,
    aggregator,
    door,
    counts: () => readCounters(memory),
    send(...points: [name: string, value: number, second: number][]) {
      const bytes = Buffer.from(points.map(([name, value, second]) => `${name} ${value} ${START / 1000 + second}\n`).join(''));
      parser.parse(bytes, 0, bytes.length, START);
    },
    /** What was written since the last call. */
    written: () => writer.points.splice(0).map(([name, time, value]) => [name, value, (time - START) / 1000]),
    tick: (second: number) => aggregator.tick(START + second * 1000, performance.now() + second * 1000 + 1),
  };
}

test('results come each interval, again when something came late, and the originals are kept', () => {
  const run = aggregating(lines('all.<what> (10) = sum web*.<what>'));
  run.send(['web1.load', 1, 0], ['web2.load', 2, 3], ['web1.load', 4, 12], ['other', 9, 0]);
  assert.equal(run.written().length, 4);
  run.tick(9);
  assert.deepEqual(run.written(), []);
  run.tick(10);
  assert.deepEqual(run.written(), [
    ['all.load', 3, 0],
    ['all.load', 4, 10],
  ]);
  run.send(['web3.load', 5, 4]);
  run.written();
  run.tick(20);
  assert.deepEqual(run.written(), [['all.load', 8, 0]]);
  run.tick(80);
  run.send(['web3.load', 6, 4]);
  run.written();
  run.tick(90);
  assert.deepEqual(run.written(), [['all.load', 6, 0]], 'after five intervals the buffer is gone');
});

test('methods are carbon’s', () => {
  const methods = { sum: 15, avg: 3, min: 1, max: 5, count: 5, p50: 3, p75: 4, p80: 4.2, p90: 4.6, p95: 4.8, p99: 4.96, p999: 4.996 };
  const run = aggregating(
    lines(
      Object.keys(methods)
        .map((method) => `out.${method} (60) = ${method} in.*`)
        .join('\n'),
    ),
  );
  run.send(['in.a', 3, 1], ['in.b', 1, 2], ['in.a', 5, 3], ['in.c', 2, 4], ['in.c', 4, 5]);
  run.written();
  run.tick(60);
  const results = Object.fromEntries(run.written().map(([name, value]) => [String(name).slice(4), Math.round(Number(value) * 1e9) / 1e9]));
  assert.deepEqual(results, methods);
  assert.equal(percentile([7], 0.99), 7);
});

test('a result with the name of what goes in takes its place', () => {
  const run = aggregating(lines('web.load (10) = max web.*'));
  run.send(['web.load', 1, 0], ['web.load', 7, 1]);
  assert.deepEqual(run.written(), []);
  run.aggregator.finish();
  assert.deepEqual(run.written(), [['web.load', 7, 0]]);
});

test('rewriting after aggregation names the result', () => {
  const run = aggregating({ ...lines('all_sum (10) = sum web.*'), post: [{ pattern: /_sum$/g, replacement: '' }] });
  run.send(['web.a', 1, 0], ['web.b', 1, 0]);
  run.written();
  run.aggregator.finish();
  assert.deepEqual(run.written(), [['all', 2, 0]]);
});

test('other rules write what there was and apply to names already seen', () => {
  const run = aggregating(lines('all (10) = sum web.*'));
  run.send(['web.a', 1, 0]);
  run.door.useRules({ ...NO_RULES, blacklist: [/b$/] });
  run.send(['web.a', 2, 1], ['web.b', 3, 1]);
  assert.deepEqual(run.written(), [
    ['web.a', 1, 0],
    ['all', 1, 0],
    ['web.a', 2, 1],
  ]);
  assert.equal(run.counts()['carbon.dropped.blacklist'], 1);
});

test('a full queue postpones a result', () => {
  const run = aggregating(lines('all (10) = sum web.*'));
  run.send(['web.a', 1, 0]);
  run.writer.room = 1;
  run.tick(10);
  run.writer.room = 2;
  run.tick(20);
  assert.deepEqual(run.written().at(-1), ['all', 1, 0]);
});

test('intervals of one result are bounded', () => {
  const run = aggregating(lines('all (1) = sum web.*'));
  run.send(...Array.from({ length: 100 }, (_, i): [string, number, number] => ['web.a', 1, i]));
  assert.equal(run.counts()['carbon.dropped.table_full'], 36);
});
