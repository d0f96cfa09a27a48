import { execFile } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { carbonCache } from '../peers/carbon.ts';
import { startHeed, stored, type RunningHeed } from '../peers/heed.ts';
import { victoria, victoriaMetric } from '../peers/victoria.ts';
import type { RunningPeer } from '../peers/peer.ts';
import { until } from '../process/child.ts';
import { folderBytes, newFolder } from '../process/folder.ts';
import { seriesName } from '../load/workload.ts';
import { writeLines } from '../load/graphite.ts';
import { printMeasurements, type Measurement } from '../table.ts';

const SENDER = fileURLToPath(new URL('../load/graphite.ts', import.meta.url));
const run = promisify(execFile);
const WHISPER_BYTES_PER_POINT = 12;

interface Shape {
  title: string;
  series: number;
  steps: number;
}

const SHAPES: Shape[] = [
  { title: 'W1: 100,000 series × 60 steps', series: 100_000, steps: 60 },
  { title: 'W2: 2,000 series × 24 h at 10 s', series: 2000, steps: 8640 },
];

async function lastValue(url: string, name: string): Promise<boolean> {
  const rows = (await (await fetch(`${url}/render?format=json&from=-2d&target=${name}`)).json()) as { datapoints: [number | null, number][] }[];
  return rows.length === 1 && rows[0].datapoints.some(([value]) => value !== null);
}

/** When a load of so many seconds ends: now, or at midnight where it would go over it, which makes two pieces of every series. */
function endOf(seconds: number): number {
  const now = Math.floor(Date.now() / 10_000) * 10;
  const midnight = now - (now % 86_400);
  return seconds < 86_400 && now - seconds < midnight ? midnight : now;
}

const victoriaQuery = (server: RunningPeer, name: string): string =>
  `http://127.0.0.1:${server.ports.http}/api/v1/query?query=${encodeURIComponent(`{__name__="${name}"}[2d]`)}`;

/** Loads a shape into a running server and resolves to points a second until they are durable and can be asked for. */
async function load(server: RunningPeer, file: string, lines: number, done: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run('taskset', ['-c', '0', process.execPath, SENDER, file, String(server.ports.carbon)]);
  await done();
  return lines / ((performance.now() - start) / 1000);
}

async function heedSettled(server: RunningHeed): Promise<void> {
  await fetch(`${server.url}/api/v1/compact`, { method: 'POST' });
  // Blocks that were merged stay for readers under way, half a minute at most.
  await wait(35_000);
}

/** Carbon over TCP: acceptance until durable and queryable, then bytes a point on disk after compaction. */
export async function bench(): Promise<void> {
  const measurements: Measurement[] = [];
  const scratch = newFolder('lines');
  for (const { title, series, steps } of SHAPES) {
    const end = endOf(steps * 10);
    const file = join(scratch, 'lines.txt');
    const lines = writeLines(file, series, steps, end - steps * 10, 10);
    const last = seriesName(series - 1);
    const rates: Record<string, number> = {};
    const sizes: Record<string, number> = {};

    const ours = await startHeed('0,1');
    // Both have been asked something before: the thread that answers starts with the first question.
    await lastValue(ours.url, 'something.else');
    rates.heed = await load(ours, file, lines, async () => {
      await stored(ours, lines, 120);
      await until(() => lastValue(ours.url, last), 30, 'the last series of Heed');
    });
    await heedSettled(ours);
    sizes.heed = folderBytes(ours.folder) / lines;
    await ours.stop();

    const theirs = await victoria.start('0,1');
    await fetch(victoriaQuery(theirs, 'something.else'));
    rates['victoria-metrics'] = await load(theirs, file, lines, async () => {
      await until(async () => (await victoriaMetric(theirs, /^vm_rows_inserted_total.*graphite/)) >= lines, 300, 'rows of victoria-metrics', 10);
      await until(async () => (await (await fetch(victoriaQuery(theirs, last))).text()).includes('"values"'), 60, 'the last series of victoria-metrics');
    });
    await fetch(`http://127.0.0.1:${theirs.ports.http}/internal/force_flush`);
    await fetch(`http://127.0.0.1:${theirs.ports.http}/internal/force_merge`);
    await wait(1000);
    await until(async () => (await victoriaMetric(theirs, /^vm_active_force_merges|^vm_active_merges/)) === 0, 120, 'merges of victoria-metrics', 100);
    sizes['victoria-metrics'] = folderBytes(theirs.folder) / lines;
    await theirs.stop();

    if (steps <= 60) {
      const old = await carbonCache.start('0,1');
      let accepted = NaN;
      const start = performance.now();
      rates['carbon-cache'] = await load(old, file, lines, async () => {
        accepted = lines / ((performance.now() - start) / 1000);
        // What it has accepted is on disk when it has ended.
        await old.child.stop('SIGTERM', 600);
      });
      rates['carbon-cache, accepted only'] = accepted;
      const files = globSync('**/*.wsp', { cwd: join(old.folder, 'whisper', 'app') }).length;
      if (files < series) throw new Error(`cannot measure carbon-cache: it made ${files} of ${series} files`);
      await old.stop();
    }
    sizes.whisper = WHISPER_BYTES_PER_POINT;
    rmSync(file);
    measurements.push(
      { what: title, values: rates, unit: 'points/s', better: 'more', goal: '>= 2x victoria-metrics, 20x carbon-cache' },
      { what: `${title}, on disk`, values: sizes, unit: 'bytes/point', better: 'less', goal: '<= 1.0x victoria-metrics, 1/9 of whisper' },
    );
  }
  rmSync(scratch, { recursive: true, force: true });
  printMeasurements('Carbon over TCP, until durable and queryable', measurements);
}
