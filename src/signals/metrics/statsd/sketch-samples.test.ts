import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Aggregation } from './aggregation.ts';
import { ExactSamples } from './timer-samples.ts';
import { Kind } from '../../../core/series.ts';
import { SketchSamples } from './sketch-samples.ts';

function timer(samples: number[]): { index: number; aggregation: Aggregation } {
  const aggregation = new Aggregation({ maxSeries: 1024, slots: 0, sanitize: true, histograms: 'timer', factLine: () => undefined });
  for (const sample of samples) aggregation.add(Kind.timer, 't', sample);
  aggregation.swap();
  return { aggregation, index: 0 };
}

test('up to 256 samples are exact, more are a sketch', () => {
  const samples = Array.from({ length: 256 }, (_, i) => i);
  const few = timer(samples);
  assert.ok(few.aggregation.samples(few.index) instanceof ExactSamples);
  const many = timer([...samples, 256]);
  assert.ok(many.aggregation.samples(many.index) instanceof SketchSamples);
});

test('a sketch keeps counts, sums and bounds exactly and is at most 1.6 % off elsewhere', () => {
  const sample = fc.oneof(fc.double({ min: 0.001, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 500 }));
  fc.assert(
    fc.property(fc.array(sample, { minLength: 257, maxLength: 1500 }), (values) => {
      const { aggregation, index } = timer(values);
      const sketch = aggregation.samples(index);
      const exact = new ExactSamples(Float64Array.from(values));
      assert.equal(sketch.count, values.length);
      assert.equal(sketch.lowest, exact.lowest);
      assert.equal(sketch.highest, exact.highest);
      near(sketch.sum, exact.sum, 1e-9);
      near(sketch.squares, exact.squares, 1e-9);
      for (const share of [0.01, 0.1, 0.5, 0.9, 0.99, 1]) {
        const k = Math.max(1, Math.round(share * values.length));
        near(sketch.at(k), exact.at(k), 0.016);
        near(sketch.sumTo(k), exact.sumTo(k), 0.016);
        near(sketch.squaresTo(k), exact.squaresTo(k), 0.032);
      }
    }),
    { numRuns: 60 },
  );
});

function near(value: number, expected: number, share: number): void {
  assert.ok(Math.abs(value - expected) <= Math.abs(expected) * share, `${value} is more than ${share} from ${expected}`);
}

test('zeros, tiny, huge and negative samples have their places', () => {
  const { aggregation, index } = timer([...Array.from({ length: 300 }, () => 0), -3, 1e-9, 1e300]);
  const sketch = aggregation.samples(index);
  assert.deepEqual([sketch.count, sketch.lowest, sketch.highest, sketch.at(150), sketch.below(1), sketch.below(1e301)], [303, -3, 1e300, 0, 302, 303]);
});
