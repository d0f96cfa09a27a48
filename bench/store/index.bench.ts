import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { Kind, Method } from '../../src/core/series.ts';
import { openIndex } from '../../src/store/points/embedded/index/open-index.ts';
import type { SeriesIndex } from '../../src/store/points/embedded/index/series-index.ts';

/**
 * The series index on its own: time and memory of names, questions, snapshot and start.
 */

const METRICS = ['count', 'upper_90', 'mean_90', 'proxy_errors', 'lower', 'max_rss', 'sum', 'rate', 'p99', 'requests'];
const OPTIONS = { maxSeries: 2_000_000, classify: (): number => 0 };

function plainName(i: number): string {
  return `stats.web${String(Math.floor(i / 100) % 1000).padStart(4, '0')}.api.${METRICS[i % 10]}_${Math.floor(i / 100_000)}${Math.floor(i / 10) % 10}`;
}

function taggedName(i: number): string {
  return `http.${METRICS[i % 10]};dc=${i % 3};host=web${Math.floor(i / 100) % 1000};route=r${Math.floor(i / 100_000)}_${Math.floor(i / 10) % 10}`;
}

/** Prints the fastest of a few runs: what the machine can do beside its other work. */
function time(what: string, run: () => unknown, times = 7): void {
  let best = Infinity;
  let first = 0;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    run();
    const took = performance.now() - start;
    if (i === 0) first = took;
    best = Math.min(best, took);
  }
  console.log(`  ${what.padEnd(44)} ${best.toFixed(2).padStart(9)} ms   (first ${first.toFixed(2)})`);
}

/** Time of this thread on the processor, which other work on the machine does not lengthen, in microseconds. */
function busy(run: () => unknown): number {
  const start = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(start);
  return user + system;
}

function perName(what: string, count: number, run: () => unknown): void {
  console.log(`  ${what.padEnd(44)} ${(busy(run) / count).toFixed(3).padStart(9)} µs each, of the processor`);
}

function once(what: string, run: () => unknown): void {
  console.log(`  ${what.padEnd(44)} ${(busy(run) / 1000).toFixed(2).padStart(9)} ms of the processor`);
}

/** Prints the longest that this thread was on the processor without looking at its queue. */
async function alongside(what: string, run: () => Promise<unknown>): Promise<void> {
  const work = { done: false };
  const start = performance.now();
  let longest = 0;
  let mark = process.threadCpuUsage();
  const promise = run().finally(() => (work.done = true));
  while (!work.done) {
    await setImmediate();
    const { user, system } = process.threadCpuUsage(mark);
    longest = Math.max(longest, user + system);
    mark = process.threadCpuUsage();
  }
  await promise;
  console.log(`  ${what.padEnd(44)} ${(performance.now() - start).toFixed(2).padStart(9)} ms   (at most ${(longest / 1000).toFixed(2)} without a pause)`);
}

async function measure(label: string, count: number, nameOf: (i: number) => string): Promise<void> {
  console.log(`${count.toLocaleString('en')} ${label} names, e.g. ${nameOf(12_345)}`);
  const folder = mkdtempSync(join(tmpdir(), 'heed-bench-index-'));
  // Packed, since a million objects here would be what the collector spends its time on.
  const ends = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) ends[i + 1] = ends[i] + Buffer.byteLength(nameOf(i));
  const bytes = Buffer.alloc(ends[count]);
  for (let i = 0; i < count; i++) bytes.write(nameOf(i), ends[i]);
  const some = Array.from({ length: 50_000 }, (_, i) => Buffer.from(nameOf((i * 7919) % count)).toString());
  globalThis.gc?.();
  const before = process.memoryUsage().arrayBuffers;
  let { index, log } = openIndex(folder, OPTIONS);
  const internAll = (): void => {
    for (let i = 0; i < count; i++) index.internBytes(bytes, ends[i], ends[i + 1], Kind.timer, Method.average);
  };
  perName('intern, new, journalled', count, internAll);
  log.write();
  globalThis.gc?.();
  console.log(`  ${'memory'.padEnd(44)} ${((process.memoryUsage().arrayBuffers - before) / 2 ** 20).toFixed(1).padStart(9)} MiB`);
  perName('intern, known, as bytes', count, internAll);
  perName('intern, known, as text, anywhere', some.length, () => some.forEach((name) => index.intern(name, Kind.timer, Method.average)));
  if (label === 'plain') askPlain(index);
  else askTagged(index);
  time('search web00 prox, 50', () => index.search('web00 prox', 50));
  time('search e, 50', () => index.search('e', 50));
  time('search api.requ, 50', () => index.search('api.requ', 50));
  const logBytes = log.bytes;
  await alongside('snapshot, with sync', () => log.snapshot(index));
  const perSeries = (bytes: number): string => `${(bytes / count).toFixed(1).padStart(9)} bytes a series`;
  console.log(`  ${'log on disk'.padEnd(44)} ${perSeries(logBytes)}`);
  console.log(`  ${'snapshot on disk'.padEnd(44)} ${perSeries(log.bytes - logBytes)}`);
  await log.close();
  once('open, snapshot and checked log', () => ({ index, log } = openIndex(folder, OPTIONS)));
  await log.close();
  rmSync(join(folder, 'snapshot.bin'));
  once('open, log only', () => ({ index, log } = openIndex(folder, OPTIONS)));
  await log.close();
  rmSync(folder, { recursive: true });
}

function askPlain(index: SeriesIndex): void {
  time('find stats.*.api.*x*, 1,000', () => index.find('stats.*.api.*x*', { limit: 1000, counts: true }));
  time('find stats.*.api.*nothing*', () => index.find('stats.*.api.*nothing*', { limit: 1000, counts: true }));
  time('find stats.*, 1,000 nodes', () => index.find('stats.*', { limit: 10_000, counts: true }));
  time('find stats.*.*.{count,sum}_*, 1,000', () => index.find('stats.*.*.{count,sum}_*', { limit: 1000, counts: true }));
  time('select stats.web000*.*.*', () => index.select({ glob: 'stats.web000*.*.*' }, 100_000));
  time('select one name', () => index.select({ glob: 'stats.web0001.api.count_01' }, 10));
}

function askTagged(index: SeriesIndex): void {
  time('select name=http.p99, host=web7', () => index.select({ tags: ['name=http.p99', 'host=web7'] }, 100_000));
  time('select host=~web1.$, dc!=1', () => index.select({ tags: ['host=~web1.$', 'dc!=1'] }, 100_000));
  time('tag values of host, by name', () => index.tagValues(['name=http.p99'], 'host', 'web1', 100));
  time('tag keys', () => index.tagKeys([], '', 100));
}

/** Prints the figures for a hundred thousand and a million names. */
export async function bench(): Promise<void> {
  for (const count of [100_000, 1_000_000]) {
    await measure('plain', count, plainName);
    await measure('tagged', count, taggedName);
  }
}
