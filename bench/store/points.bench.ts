import { rmSync } from 'node:fs';
import { allocateCounters } from '../../src/core/counters.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { Kind, Method } from '../../src/core/series.ts';
import { type EmbeddedPoints, openPoints } from '../../src/store/points/embedded/open.ts';
import type { SeriesRef } from '../../src/store/points/points-store.ts';
import { seriesName, workload } from '../load/workload.ts';
import { folderBytes, newFolder } from '../process/folder.ts';
import { median, type Measurement, printMeasurements } from '../table.ts';

const STEP = 10_000;

interface Load {
  name: string;
  series: number;
  steps: number;
  /** Goals of the three figures. */
  speed: string;
  size: string;
}

/** Writes a workload through a real writer, ending now; @returns seconds until all was synced. */
async function load(store: EmbeddedPoints, { series, steps }: Load, end: number): Promise<number> {
  const source = workload(series);
  const values = new Float64Array(series);
  const writer = store.writer();
  const start = performance.now();
  let making = 0;
  const ids = Array.from({ length: series }, (_, i) => writer.declare(seriesName(i), Kind.gauge, Method.byRule));
  for (let step = 0; step < steps; step++) {
    const made = performance.now();
    source.next(values);
    making += performance.now() - made;
    const time = end - (steps - 1 - step) * STEP;
    for (let i = 0; i < series; i++) while (!writer.add(ids[i], time, values[i])) await writer.drained();
  }
  await store.sync();
  writer.close();
  return (performance.now() - start - making) / 1000;
}

async function ask(store: EmbeddedPoints, series: SeriesRef[], hours: number, now: number, times: number): Promise<number> {
  const reader = store.reader();
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const rows = await reader.read({ series, from: now - hours * 3_600_000, until: now, now, maxPoints: 1e9 });
    taken.push(performance.now() - start);
    if (!rows.every((row) => row.values.length > 10)) throw new Error('cannot measure: rows are missing');
  }
  await reader[Symbol.asyncDispose]();
  return median(taken);
}

async function measure(wanted: Load, measurements: Measurement[]): Promise<void> {
  const folder = newFolder('points');
  const now = Math.floor(Date.now() / STEP) * STEP;
  const options = { folder, policy: defaultPolicy(), maxSeries: 1_000_000, counters: allocateCounters() };
  const points = wanted.series * wanted.steps;
  let store = await openPoints(options);
  const seconds = await load(store, wanted, now);
  const { name } = wanted;
  measurements.push({ what: `${name}, written and synced`, values: { heed: points / seconds / 1e6 }, unit: 'M points/s', better: 'more', goal: wanted.speed });
  const reader = store.reader();
  const some = await reader.select({ glob: 'app.host{0,1,2,3,4}.view.*.timing.*' }, 1000);
  const reads = async (when: string): Promise<void> => {
    const put = (what: string, heed: number, goal: string): unknown =>
      measurements.push({ what: `${name}, ${what}, ${when}`, values: { heed }, unit: 'ms', better: 'less', goal });
    if (wanted.steps > 1000) put('1 series x 24 h', await ask(store, some.slice(500, 501), 24, now, 50), '< 0.5');
    put('1000 series x 1 h', await ask(store, some, 1, now, 20), '< 8');
    if (wanted.steps > 1000) put('1000 series x 24 h', await ask(store, some, 24, now, 5), '< 110');
  };
  await reads('as written');
  await store[Symbol.asyncDispose]();
  const start = performance.now();
  store = await openPoints(options);
  measurements.push({ what: `${name}, restart`, values: { heed: (performance.now() - start) / 1000 }, unit: 's', better: 'less', goal: '< 1' });
  const settling = performance.now();
  await store.settle();
  measurements.push({
    what: `${name}, sealed and merged`,
    values: { heed: (performance.now() - settling) / 1000 },
    unit: 's',
    better: 'less',
    goal: 'in the background',
  });
  await reads('in blocks');
  await store[Symbol.asyncDispose]();
  measurements.push({
    what: `${name}, on disk, index included`,
    values: { heed: folderBytes(folder) / points },
    unit: 'bytes/point',
    better: 'less',
    goal: wanted.size,
  });
  rmSync(folder, { recursive: true, force: true });
}

/** The points store alone, through a real writer and reader: the workloads W1 and W2. */
export async function bench(): Promise<void> {
  const measurements: Measurement[] = [];
  await measure({ name: 'W1 100,000 x 60', series: 100_000, steps: 60, speed: '>= 7.5', size: '<= 2.63' }, measurements);
  await measure({ name: 'W2 2,000 x 24 h', series: 2000, steps: 8640, speed: '>= 7.5', size: '<= 1.12' }, measurements);
  printMeasurements('The points store', measurements);
}
