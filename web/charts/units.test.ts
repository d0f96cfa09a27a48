import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonUnit, unitOf } from './units.ts';

test('units follow from kind and name', () => {
  const cases: [name: string, kind: string, unit: string][] = [
    ['stats.timers.shop.query.mean_90', 'timer', 'ms'],
    ['stats.timers.shop.query.count', 'timer', 'number'],
    ['stats.timers.shop.query.count_ps', 'timer', '/s'],
    ['stats.timers.shop.query.sum_squares_90', 'timer', 'number'],
    ['stats.shop.requests', 'counter', '/s'],
    ['stats_counts.shop.requests', 'counter', 'number'],
    ['stats.counters.shop.requests.rate', 'counter', '/s'],
    ['stats.counters.shop.requests.count', 'counter', 'number'],
    ['stats.shop.sent_bytes', 'counter', 'B/s'],
    ['stats.gauges.shop.heap_bytes', 'gauge', 'B'],
    ['heed.statsd.lines', 'counter', 'number'],
    ['heed.process.rss_bytes', 'gauge', 'B'],
    ['heed.process.cpu_percent', 'gauge', '%'],
    ['alias(stats.timers.shop.query.mean,"x")', 'timer', 'ms'],
    ['disk.used_bytes;host=a', 'unknown', 'B'],
    ['hosts.web.cpu', 'unknown', 'number'],
  ];
  for (const [name, kind, unit] of cases) assert.equal(unitOf(name, kind), unit, name);
});

test('an axis has a unit only when all lines share it', () => {
  assert.equal(commonUnit(['ms', 'ms']), 'ms');
  assert.equal(commonUnit(['ms', 'B']), 'number');
  assert.equal(commonUnit([]), 'number');
});
