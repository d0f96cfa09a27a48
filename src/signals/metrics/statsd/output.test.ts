import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../core/config/config.ts';
import { Kind, Method } from '../../../core/series.ts';
import { Outputs } from './output.ts';

async function outputs(flags: Record<string, string> = {}): Promise<Outputs> {
  const prefixed = Object.fromEntries(Object.entries(flags).map(([key, value]) => [`statsdOptions.${key}`, value]));
  return new Outputs(await readConfig(prefixed, {}, import.meta.dirname), [
    { metric: 'api', bins: [10] },
    { metric: '', bins: [] },
  ]);
}

async function names(flags: Record<string, string>): Promise<string[]> {
  const out = await outputs(flags);
  const key = 'a.b;env=prod';
  return [
    out.counterRate(key).name,
    out.counterSum(key).name,
    out.timer(key, { name: 'mean_90', method: Method.average }).name,
    out.gauge(key).name,
    out.set(key).name,
    out.own('numStats').name,
    out.own('processing_time').name,
  ];
}

test('the legacy namespace is fixed, whatever the prefixes', async () => {
  assert.deepEqual(await names({ globalPrefix: 'x', prefixCounter: 'y' }), [
    'stats.a.b;env=prod',
    'stats_counts.a.b;env=prod',
    'stats.timers.a.b.mean_90;env=prod',
    'stats.gauges.a.b;env=prod',
    'stats.sets.a.b.count;env=prod',
    'statsd.numStats',
    'stats.statsd.processing_time',
  ]);
});

test('the new namespace has prefixes of its own and a suffix before the tags', async () => {
  assert.deepEqual(await names({ legacyNamespace: 'false', globalPrefix: 'g', prefixCounter: 'c', prefixTimer: '', prefixGauge: 'ga', globalSuffix: 'h1' }), [
    'g.c.a.b.rate.h1;env=prod',
    'g.c.a.b.count.h1;env=prod',
    'g.a.b.mean_90.h1;env=prod',
    'g.ga.a.b.h1;env=prod',
    'g.sets.a.b.count.h1;env=prod',
    'g.statsd.numStats.h1',
    'g.statsd.processing_time.h1',
  ]);
});

test('each number says what it measures and how it rolls up', async () => {
  const out = await outputs();
  assert.deepEqual([out.counterRate('a').kind, out.counterRate('a').method], [Kind.counter, Method.average]);
  assert.deepEqual([out.counterSum('a').kind, out.counterSum('a').method], [Kind.counter, Method.sum]);
  assert.deepEqual([out.gauge('a').kind, out.gauge('a').method], [Kind.gauge, Method.last]);
  assert.deepEqual([out.set('a').kind, out.set('a').method], [Kind.set, Method.average]);
  const methods = Object.fromEntries(out.timerNumbers('a').columns.map(({ name, method }) => [name, method]));
  assert.deepEqual(methods, {
    std: Method.average,
    upper: Method.max,
    lower: Method.min,
    count: Method.sum,
    count_ps: Method.average,
    sum: Method.sum,
    sum_squares: Method.sum,
    mean: Method.average,
    median: Method.average,
    count_90: Method.sum,
    mean_90: Method.average,
    upper_90: Method.max,
    sum_90: Method.sum,
    sum_squares_90: Method.sum,
  });
});

test('the first histogram rule whose text is in the name gives the bins', async () => {
  const out = await outputs();
  assert.equal(out.timerNumbers('web.api.time').columns.at(-1)?.name, 'histogram.bin_10');
  assert.equal(out.timerNumbers('web.time').columns.at(-1)?.name, 'sum_squares_90');
});
