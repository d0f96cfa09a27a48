import { allocateCounters } from '../../src/core/counters.ts';
import { Kind, Method } from '../../src/core/series.ts';
import { openPoints } from '../../src/store/points/embedded/open.ts';
import { BASE, loadPolicy, SERIES, STEP, valueAt } from './points-load.ts';

/**
 * A process to be killed: writes slot after slot of all series from the slot in its first argument on, and prints `sent N` and
 * `synced N` for the slots before N.
 */
const [folder, first] = process.argv.slice(2);
const store = await openPoints({ folder, policy: loadPolicy(), maxSeries: 1000, counters: allocateCounters(), headPoints: 30_000, sealAfter: 100 });
const writer = store.writer();
const ids = Array.from({ length: SERIES }, (_, i) => writer.declare(`load.s${i}`, Kind.gauge, Method.byRule));
let slot = Number(first);
process.stdout.write('open\n');
for (;;) {
  const end = slot + 50;
  for (; slot < end; slot++) {
    for (let i = 0; i < SERIES; i++) while (!writer.add(ids[i], BASE + slot * STEP, valueAt(i, slot))) await writer.drained();
  }
  writer.flush();
  process.stdout.write(`sent ${slot}\n`);
  await store.sync();
  process.stdout.write(`synced ${slot}\n`);
}
