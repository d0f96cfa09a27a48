import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readConfig } from '../../../core/config/config.ts';
import { explainOptions, explainStatsdLine } from './explain.ts';

const TYPES = 'use c, ms, g, s, h or d';
const cases: [line: string, taken: boolean, verdict: string, faulty: string | null, series: string][] = [
  ['hello.visits:1|c', true, 'taken, counter', null, 'stats_counts.hello.visits'],
  ['t:3|ms', true, 'taken, timer', null, 'stats.timers.t.mean'],
  ['t:3|h|#a:b\r\n', true, 'taken, timer', null, 'stats.timers.t.mean;a=b'],
  ['g:-3|g', true, 'taken, gauge', null, 'stats.gauges.g'],
  ['s:x|s', true, 'taken, set', null, 'stats.sets.s.count'],
  ['m:1|c:2|c:3|ms', true, 'taken, counter and timer, 3 values', null, 'stats_counts.m'],
  ['p:1:2:3|ms', true, 'taken, timer, 3 values', null, 'stats.timers.p.mean'],
  ['hello.visits:1|x', true, `taken, counter as StatsD does; no type x; ${TYPES}`, 'x', 'stats_counts.hello.visits'],
  ['noty:1|', true, `taken, counter as StatsD does; no type; ${TYPES}`, '', 'stats_counts.noty'],
  ['m:1|c:0,5|g', true, 'taken, counter; the rest dropped: not a number; write 0.5 with a point', '0,5', 'stats_counts.m'],
  ['hello.load:0,42|g', false, 'dropped: not a number; write 0.42 with a point', '0,42', ''],
  ['a:abc|c', false, 'dropped: not a number', 'abc', ''],
  ['a:|c', false, 'dropped: not a number; the value is empty', '', ''],
  ['a:1', false, `dropped: no type; ${TYPES}`, '1', ''],
  ['onlykey', false, 'dropped: no value; write name:1|c', 'onlykey', ''],
  ['a:-1|ms', false, 'dropped: a time below 0', '-1', ''],
  ['a:1|c|@x', false, 'dropped: not a rate; write @ and a number like 0.1', '@x', ''],
  ['_e{2,2}:hi|yo', true, 'taken, event', null, ''],
  ['_sc|db|0', true, 'taken, service check', null, ''],
  ['_sc|db|9', false, 'dropped: not as DogStatsD writes it; write _sc|name|0 to 3', '_sc|db|9', ''],
];

for (const [line, taken, verdict, faulty, series] of cases)
  test(`of ${JSON.stringify(line)} it says: ${verdict}`, () => {
    const answer = explainStatsdLine(line);
    assert.deepEqual([answer.taken, answer.verdict, answer.series], [taken, verdict, series]);
    assert.equal(answer.fault && line.slice(...answer.fault), faulty);
  });

test('it speaks of the configured names', async () => {
  const config = await readConfig(
    { histograms: 'counter', 'statsdOptions.legacyNamespace': 'false', 'statsdOptions.globalSuffix': 'x' },
    {},
    import.meta.dirname,
  );
  const answer = explainStatsdLine('a:1|h', explainOptions(config));
  assert.deepEqual([answer.verdict, answer.series], ['taken, counter', 'stats.counters.a.count.x']);
});

test('nothing makes it throw, and a fault lies within the line', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-c:|@#.0-9,_e{}]{0,30}$/)), (line) => {
      const { fault } = explainStatsdLine(line);
      if (fault) assert.ok(fault[0] >= 0 && fault[1] <= line.length && fault[0] <= fault[1]);
    }),
    { numRuns: 2000 },
  );
});
