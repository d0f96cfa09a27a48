import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { allocateCounters } from '../../../core/counters.ts';
import { Kind, Method } from '../../../core/series.ts';
import { carbonPolicy, NOON } from '../contract/world.ts';
import { type EmbeddedPoints, openPoints } from './open.ts';

const STEP = 10_000;
const HOURS = 30;
const SLOTS = (HOURS * 3_600_000) / STEP;
const NAMES = ['a', 'b.c', 'b.d', 'e;t=1'];

/** What happens to the store, at random. */
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('write' as const),
      points: fc.array(fc.tuple(fc.nat(NAMES.length - 1), fc.nat(SLOTS - 1), fc.double({ noNaN: true })), { maxLength: 300 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('run' as const),
      series: fc.nat(NAMES.length - 1),
      start: fc.nat(SLOTS - 1),
      length: fc.nat(2000),
      value: fc.integer(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'settle' as const }) },
  { weight: 2, arbitrary: fc.constant({ type: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('remove' as const), series: fc.nat(NAMES.length - 1) }) },
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

/** The store beside the simplest thing that behaves the same: a grid per series. */
class Pair {
  readonly #folder = mkdtempSync(join(tmpdir(), 'heed-model-'));
  readonly #clock = new SharedArrayBuffer(16);
  readonly #model = NAMES.map(() => new Float64Array(SLOTS).fill(NaN));
  #store: EmbeddedPoints | undefined;

  async open(): Promise<EmbeddedPoints> {
    new Float64Array(this.#clock)[0] = NOON;
    const options = {
      folder: this.#folder,
      policy: carbonPolicy('10s:2d,1m:30d'),
      maxSeries: 100,
      counters: allocateCounters(),
      clock: this.#clock,
      headPoints: 20_000,
    };
    return (this.#store ??= await openPoints(options));
  }

  async close(): Promise<void> {
    await this.#store?.[Symbol.asyncDispose]();
    this.#store = undefined;
  }

  async dispose(): Promise<void> {
    await this.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async act(what: Action): Promise<void> {
    const store = await this.open();
    if (what.type === 'settle') await store.settle();
    else if (what.type === 'reopen') await this.close();
    else if (what.type === 'remove') {
      await store.remove([NAMES[what.series]]);
      this.#model[what.series].fill(NaN);
    } else if (what.type === 'write') await this.#write(store, what.points);
    else
      await this.#write(
        store,
        Array.from({ length: what.length }, (_, i) => [what.series, (what.start + i) % SLOTS, what.value + (i % 7)] as [number, number, number]),
      );
  }

  async #write(store: EmbeddedPoints, points: readonly [series: number, slot: number, value: number][]): Promise<void> {
    const writer = store.writer();
    const ids = NAMES.map((name) => writer.declare(name, Kind.gauge, Method.byRule));
    for (const [series, slot, value] of points) {
      while (!writer.add(ids[series], timeOf(slot) + (slot % STEP), value)) await writer.drained();
      this.#model[series][slot] = value;
    }
    await store.sync();
    writer.close();
  }

  async check(): Promise<void> {
    const reader = (await this.open()).reader();
    for (const [series, name] of NAMES.entries()) {
      const found = await reader.select({ glob: name }, 1);
      const [row] = await reader.read({ series: found, from: timeOf(0) - STEP, until: timeOf(SLOTS - 1), now: NOON, maxPoints: 1e6 });
      if (row) assert.deepEqual(row.values, this.#model[series]);
      else assert.ok(this.#model[series].every(Number.isNaN), `${name} is known`);
    }
    await reader[Symbol.asyncDispose]();
  }
}

const timeOf = (slot: number): number => NOON - (SLOTS - 1 - slot) * STEP;

void test('behaves as a grid per series does, whatever is written, sealed, merged, removed and reopened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
      const pair = new Pair();
      try {
        for (const each of actions) {
          await pair.act(each);
          await pair.check();
        }
      } finally {
        await pair.dispose();
      }
    }),
    { numRuns: 12 },
  );
});
