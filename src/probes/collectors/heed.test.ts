import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kind, Method } from '../../core/series.ts';
import heed from './heed.ts';

test('counts become counters, sizes become gauges, below the prefix', async () => {
  const reading = await heed.read({
    options: {},
    signal: new AbortController().signal,
    prefix: 'heed',
    own: async () => ({ counters: { 'statsd.lines': 5 }, gauges: { 'points.series': 7 } }),
  });
  assert.deepEqual(reading, {
    problem: '',
    points: [
      { name: 'heed.statsd.lines', value: 5, kind: Kind.counter, method: Method.sum },
      { name: 'heed.points.series', value: 7, kind: Kind.gauge, method: Method.last },
    ],
  });
});
