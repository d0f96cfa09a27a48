import * as fc from 'fast-check';
import { MAX_CHUNK_POINTS } from './scratch.ts';

// Arbitrary runs of points for property tests of the codec and the block files.

const anyDouble = fc.double({ noNaN: true });
const oddDoubles = fc.constantFrom(0, -0, Infinity, -Infinity, 5e-324, -5e-324, Number.MAX_VALUE, 2 ** 51, -(2 ** 51), 2 ** 53, 1 / 3, 0.1);
const integer = fc.integer({ min: -1000, max: 1000 });

/** One value of a run; each run draws from one of these. */
const VALUES: fc.Arbitrary<number>[] = [
  anyDouble,
  oddDoubles,
  integer,
  fc.maxSafeInteger(),
  integer.map((n) => n / 100),
  integer.map((n) => n / 60),
  integer.map((n) => n * 4096 + 17),
  integer.map((n) => Math.fround(n / 7)),
  fc.oneof({ weight: 20, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: anyDouble }),
  fc.oneof({ weight: 20, arbitrary: fc.constant(5) }, { weight: 1, arbitrary: fc.maxSafeInteger() }),
  fc.oneof({ weight: 30, arbitrary: integer }, { weight: 1, arbitrary: oddDoubles }),
];

/** Time to the next point, seconds; each run draws from one of these. */
const GAPS: fc.Arbitrary<number>[] = [
  fc.constant(10),
  fc.integer({ min: 1, max: 3600 }),
  fc.oneof({ weight: 20, arbitrary: fc.constant(60) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 1440 }).map((n) => n * 60) }),
];

export interface Run {
  times: Uint32Array;
  values: Float64Array;
}

/** Runs of 1 to `most` points from `origin` on; every kind is also accumulated, so that deltas matter. */
export function runs(origin: number, most = MAX_CHUNK_POINTS): fc.Arbitrary<Run> {
  return fc.tuple(fc.constantFrom(...VALUES), fc.constantFrom(...GAPS), fc.boolean(), fc.nat(100_000)).chain(([value, gap, accumulated, start]) =>
    fc.array(fc.tuple(gap, value), { minLength: 1, maxLength: most, size: 'max' }).map((points) => {
      let time = origin + start;
      let sum = 0;
      const times = Uint32Array.from(points, ([gap]) => (time += gap));
      const values = Float64Array.from(points, ([, value]) => (accumulated && Number.isFinite(sum + value) ? (sum += value) : value));
      return { times, values };
    }),
  );
}
