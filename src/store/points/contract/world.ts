import type { CounterName } from '../../../core/counters.ts';
import type { Row } from '../../../core/frame.ts';
import { defaultPolicy, type PointsPolicy } from '../../../core/policy.ts';
import { parseRetention } from '../../../core/retention.ts';
import { Kind, Method } from '../../../core/series.ts';
import type { PointsStore, PointsWriter } from '../points-store.ts';

/** One data set under test, with its own clock. A world starts empty, at `NOON`. */
export interface ContractWorld extends AsyncDisposable {
  /** Opens the store; closes the one opened before. Later calls see the same data. */
  open(options?: { policy?: PointsPolicy; maxSeries?: number }): Promise<PointsStore>;
  setNow(time: number): void;
  /** Lets time pass, as background work wants it, and the work be done that is due then. */
  settle(): Promise<void>;
  counted(name: CounterName): number;
  /** A folder for a backup, which does not exist yet. */
  newFolder(): string;
  /** Opens what a backup wrote, as a world of its own. */
  fromBackup(folder: string): ContractWorld;
}

export const NOON = Date.UTC(2026, 4, 5, 12);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Carbon's way: fixed grids of 10 s for a day and of a minute for a month. */
export function carbonPolicy(retention = '10s:1d,1m:30d', xFilesFactor = 0): PointsPolicy {
  return {
    retention: [{ name: 'all', pattern: /(?:)/, tiers: parseRetention(retention), adaptive: false }],
    aggregation: defaultPolicy().aggregation,
    defaultXFilesFactor: xFilesFactor,
    rulesWin: false,
  };
}

/** Checks one promise against a world of its own. */
export type Contract = (what: string, check: (world: ContractWorld) => Promise<void>) => void;

export type Point = [time: number, value: number];

/** Points up to NOON with values counting down to 0. */
export function every(step: number, count: number): Point[] {
  return Array.from({ length: count }, (_, i): Point => [NOON - (count - 1 - i) * step, count - 1 - i]);
}

/** Values 0 to 5 each minute. */
export function sixPerMinute(start: number, minutes: number): Point[] {
  return Array.from({ length: minutes * 6 }, (_, i): Point => [start + i * 10_000, i % 6]);
}

export function kindOf(name: string): Kind {
  return name === 'counter' ? Kind.counter : name === 'gauge' ? Kind.gauge : Kind.timer;
}

export async function write(
  store: PointsStore,
  name: string,
  points: readonly Point[],
  kind: Kind = Kind.unknown,
  method: Method = Method.byRule,
): Promise<void> {
  const writer: PointsWriter = store.writer();
  const id = writer.declare(name, kind, method);
  for (const [time, value] of points) while (!writer.add(id, time, value)) await writer.drained();
  writer.flush();
  await store.sync();
  writer.close();
}

export async function read(store: PointsStore, names: readonly string[], from: number, until: number): Promise<Row[]> {
  const reader = store.reader();
  try {
    const found = await Promise.all(names.map((glob) => reader.select({ glob }, 1)));
    return await reader.read({ series: found.map(([ref]) => ref), from, until, now: NOON, maxPoints: 10_000_000 });
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

export async function valuesOf(
  store: PointsStore,
  name: string,
  from: number,
  until: number,
  pick = (row: Row): number[] => [...row.values],
): Promise<number[]> {
  const [row] = await read(store, [name], from, until);
  return pick(row);
}

export async function names(store: PointsStore): Promise<string[]> {
  const reader = store.reader();
  const refs = await reader.names(-1, 1000);
  await reader[Symbol.asyncDispose]();
  return refs.map(({ name }) => name).toSorted();
}

/** Answers must not depend on where points are: fresh, after a restart, in blocks, in merged and rolled-up blocks. */
export async function everywhere(world: ContractWorld, store: PointsStore, check: (store: PointsStore) => Promise<void>): Promise<void> {
  await check(store);
  await world.settle();
  await check(store);
  await world.settle();
  await check(store);
}
