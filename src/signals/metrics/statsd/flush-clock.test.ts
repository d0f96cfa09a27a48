import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import * as fc from 'fast-check';
import { boundaryAt, delayToNext, startFlushClock } from './flush-clock.ts';

test('a flush stands for the nearest multiple of the interval', () => {
  assert.equal(boundaryAt(1_000_003, 10_000), 1_000_000);
  assert.equal(boundaryAt(999_998, 10_000), 1_000_000);
  assert.equal(boundaryAt(1_000, 333.3), 1000);
});

test('the delay leads to a later boundary, whatever the clock says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 100, max: 3_600_000 }), (now, interval) => {
      const delay = delayToNext(now, interval);
      assert.ok(delay >= interval / 4 && delay <= interval * 1.25);
      assert.ok(boundaryAt(now + delay, interval) > now);
    }),
  );
});

/** Runs the clock with an interval of 10 s while `steps` tell how far the wall clock goes in each 10 s of real time. */
function run(start: number, steps: number[]): number[] {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    let wall = start;
    const flushed: number[] = [];
    const clock = startFlushClock(
      10_000,
      (boundary) => flushed.push(boundary),
      () => wall,
    );
    for (const step of steps)
      for (let i = 0; i < 10; i++) {
        wall += step / 10;
        mock.timers.tick(1000);
      }
    clock.stop();
    mock.timers.tick(60_000);
    return flushed;
  } finally {
    mock.timers.reset();
  }
}

test('it flushes at every boundary and no longer after its stop', () => {
  assert.deepEqual(run(4_000, [10_000, 10_000, 10_000]), [10_000, 20_000, 30_000]);
});

test('a wall clock that jumps ahead or back by hours changes the times, not the rhythm', () => {
  assert.deepEqual(run(0, [10_000, 3_610_000, 10_000, 10_000]).length, 4);
  assert.deepEqual(run(7_200_000, [10_000, -3_590_000, 10_000, 10_000]).length, 4);
});

test('a boundary is flushed once when the clock steps back a little', () => {
  const flushed = run(1_000_000, [10_000, 4_000, 10_000, 10_000]);
  assert.equal(new Set(flushed).size, flushed.length);
  assert.ok(flushed.length >= 3);
});
