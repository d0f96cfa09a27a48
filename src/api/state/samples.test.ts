import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocateCounters, CounterLane } from '../../core/counters.ts';
import { CounterSamples } from './samples.ts';

function setUp(): { samples: CounterSamples; add: (lines: number) => void } {
  const counters = allocateCounters();
  const lane = new CounterLane(counters, 'receive');
  return { samples: new CounterSamples(counters, 0), add: (lines) => lane.add('statsd.lines', lines) };
}

test('a rate is over the last ten seconds, or since the start', () => {
  const { samples, add } = setUp();
  assert.equal(samples.rate('statsd.lines'), 0);
  add(100);
  samples.take(1000);
  assert.equal(samples.rate('statsd.lines'), 100);
  for (let second = 2; second <= 30; second++) {
    add(7);
    samples.take(second * 1000);
  }
  assert.equal(samples.rate('statsd.lines'), 7);
  for (let second = 31; second <= 45; second++) samples.take(second * 1000);
  assert.equal(samples.rate('statsd.lines'), 0);
  assert.equal(samples.moved('statsd.lines'), 30_000);
  assert.equal(samples.moved('carbon.lines'), null);
});

test('growth is told for the last minute and the last hour', () => {
  const { samples, add } = setUp();
  for (let second = 1; second <= 7200; second++) {
    add(1);
    samples.take(second * 1000);
  }
  assert.equal(samples.grown('statsd.lines', 'minute'), 60);
  const hour = samples.grown('statsd.lines', 'hour');
  assert.ok(hour >= 3600 && hour <= 3660, String(hour));
});

test('a clock that is set back or forward gives no nonsense', () => {
  const { samples, add } = setUp();
  samples.take(100_000);
  add(10);
  samples.take(50_000);
  assert.ok(samples.rate('statsd.lines') >= 0);
  add(10);
  samples.take(51_000);
  add(10);
  samples.take(1e12);
  assert.ok(samples.rate('statsd.lines') >= 0 && samples.rate('statsd.lines') < 11);
});
