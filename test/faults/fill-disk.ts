import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { allocateCounters, readCounters } from '../../src/core/counters.ts';
import { Kind, Method } from '../../src/core/series.ts';
import { openPoints } from '../../src/store/points/embedded/open.ts';
import type { PointsStats } from '../../src/store/points/points-store.ts';
import { BASE, loadPolicy, SERIES, STEP, valueAt } from './points-load.ts';

/** Runs on a file system of a few megabytes: fills it, frees it, and checks that nothing taken is lost. Exits 0 when all holds. */
const [disk] = process.argv.slice(2);
const folder = join(disk, 'points');
const ballast = join(disk, 'ballast');
const counters = allocateCounters();
const options = { folder, policy: loadPolicy(), maxSeries: 1000, counters, headPoints: 60_000 };

writeFileSync(ballast, Buffer.alloc(3 << 20, 1));
let store = await openPoints(options);
const writer = store.writer();
const ids = Array.from({ length: SERIES }, (_, i) => writer.declare(`load.s${i}`, Kind.gauge, Method.byRule));
/** Slots of which every point was stored. */
const kept = new Set<number>();

/** Writes one slot and remembers it when all of it was stored. */
async function writeSlot(slot: number): Promise<boolean> {
  const before = readCounters(counters)['points.stored'];
  for (let i = 0; i < SERIES; i++) while (!writer.add(ids[i], BASE + slot * STEP, valueAt(i, slot))) await writer.drained();
  writer.flush();
  await store.stats();
  const stored = readCounters(counters)['points.stored'] - before === SERIES;
  if (stored) kept.add(slot);
  return stored;
}

async function writeUntil(done: (stats: PointsStats, stored: boolean) => boolean, slot: number): Promise<number> {
  for (let next = slot; ; next++) {
    const stored = await writeSlot(next);
    if (next % 20 === 0 || !stored) {
      if (done(await store.stats(), stored)) return next + 1;
      if (!stored) await wait(20);
    }
  }
}

async function check(): Promise<void> {
  const reader = store.reader();
  const series = await reader.select({ glob: 'load.*' }, 1000);
  const last = [...kept].at(-1) ?? 0;
  const rows = await reader.read({ series, from: BASE - STEP, until: BASE + last * STEP, now: Date.now(), maxPoints: 1e9 });
  assert.equal(rows.length, SERIES);
  for (const row of rows) {
    const number = Number(row.name.slice('load.s'.length));
    for (const slot of kept) assert.equal(row.values[slot], valueAt(number, slot));
  }
  await reader[Symbol.asyncDispose]();
}

for (let slot = 0, round = 0; round < 3; round++) {
  slot = await writeUntil((stats) => stats.writeProblem !== '', slot);
  slot = await writeUntil(() => readCounters(counters)['points.dropped.disk_full'] > 500 * (round + 1), slot);
  await check();
  rmSync(ballast);
  slot = await writeUntil((stats, stored) => stored && stats.writeProblem === '', slot);
  await store.settle();
  await check();
  const { blocks, log, index } = (await store.stats()).bytes;
  // All but half a megabyte of what is free is taken away again.
  const { diskFree } = await store.stats();
  if (round < 2) writeFileSync(ballast, Buffer.alloc(Math.max(0, diskFree - (512 << 10)), 1));
  console.log(`round ${round}: ${kept.size} slots kept, blocks ${blocks}, log ${log}, index ${index}, free ${diskFree}`);
}
const { 'points.received': received, 'points.stored': stored, 'points.dropped.disk_full': dropped } = readCounters(counters);
assert.equal(stored + dropped, received, 'every point is stored or counted as dropped');
writer.close();
await store[Symbol.asyncDispose]();
store = await openPoints(options);
await check();
assert.deepEqual((await store.stats()).damage, []);
await store[Symbol.asyncDispose]();
