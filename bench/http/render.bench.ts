import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../load/ask.ts';
import { sendFile, writeLines } from '../load/graphite.ts';
import { seriesName } from '../load/workload.ts';
import { startHeed, stored } from '../peers/heed.ts';
import { victoria, victoriaMetric } from '../peers/victoria.ts';
import { until } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { median, printMeasurements, type Measurement } from '../table.ts';

const SERIES = 2000;
const STEPS = 8640;
const NAMES = 100_000;

/** Stretches of questions that each server is asked in turn. */
const STRETCHES = 6;

/** Answers over HTTP as JSON, the two servers asked in turn with the same data, for the same numbers. */
export async function bench(): Promise<void> {
  const scratch = newFolder('lines');
  const file = join(scratch, 'lines.txt');
  const end = Math.floor(Date.now() / 10_000) * 10;
  const [ours, theirs] = [await startHeed('0,1'), await victoria.start('0,1')];
  const load = async (series: number, steps: number): Promise<void> => {
    const lines = writeLines(file, series, steps, end - steps * 10, 10);
    const before = await victoriaMetric(theirs, /^vm_rows_inserted_total.*graphite/);
    await sendFile(file, ours.ports.carbon as number);
    await sendFile(file, theirs.ports.carbon as number);
    await stored(ours, lines, 120);
    await until(async () => (await victoriaMetric(theirs, /^vm_rows_inserted_total.*graphite/)) >= before + lines, 300, 'rows of victoria-metrics');
    rmSync(file);
  };
  await load(SERIES, STEPS);
  await fetch(`${ours.url}/api/v1/compact`, { method: 'POST' });
  await fetch(`http://127.0.0.1:${theirs.ports.http}/internal/force_flush`);
  await fetch(`http://127.0.0.1:${theirs.ports.http}/internal/force_merge`);
  await until(async () => (await victoriaMetric(theirs, /^vm_active_force_merges|^vm_active_merges/)) === 0, 120, 'merges of victoria-metrics', 100);
  await load(NAMES, 1);

  const their = `http://127.0.0.1:${theirs.ports.http}`;
  const range = (query: string, from: number, step: number): string =>
    `${their}/api/v1/query_range?query=${encodeURIComponent(query)}&start=${from}&end=${end - 1}&step=${step}s&nocache=1`;
  const render = (target: string, from: number, points = 0): string =>
    `${ours.url}/render?format=json&target=${encodeURIComponent(target)}&from=${from}&until=${end - 1}${points ? `&maxDataPoints=${points}` : ''}`;
  const thousand = 'app.host{0,1,2,3,4}.view.*.timing.*';
  const theirThousand = '{__name__=~"app[.]host[0-4][.]view[.].*"}';
  const cases: { what: string; ours: string; theirs: string; runs: number; goal: string }[] = [
    {
      what: '1 series × 24 h',
      ours: render(seriesName(7), end - 86_400),
      theirs: range(`{__name__="${seriesName(7)}"}`, end - 86_400, 10),
      runs: 900,
      goal: '<= 0.5x',
    },
    { what: '1,000 series × 1 h', ours: render(thousand, end - 3600), theirs: range(theirThousand, end - 3600, 10), runs: 30, goal: '<= 0.5x' },
    {
      what: '1,000 series × 24 h to 800 points',
      ours: render(thousand, end - 86_400, 800),
      // Without it the answer would be every eleventh point, not what all of them make.
      theirs: range(`avg_over_time(${theirThousand}[108s])`, end - 86_400, 108),
      runs: 18,
      goal: '<= 0.5x',
    },
    {
      // Their find answers one entry for all of these.
      what: 'find 500 of 100,000 names, whole',
      ours: `${ours.url}/metrics/expand?query=app.host*.view.search.timing.mean`,
      theirs: `${their}/metrics/expand?query=app.host*.view.search.timing.mean`,
      runs: 600,
      goal: '<= 0.5x',
    },
    {
      what: 'find a level of 500 nodes',
      ours: `${ours.url}/metrics/find?query=app.*&format=treejson`,
      theirs: `${their}/metrics/find?query=app.*&format=treejson`,
      runs: 600,
      goal: '<= 0.5x',
    },
  ];
  const measurements: Measurement[] = [];
  for (const { what, ours: ourUrl, theirs: theirUrl, runs, goal } of cases) {
    const times: [number[], number[]] = [[], []];
    for (let stretch = 0; stretch < STRETCHES; stretch++)
      for (const [side, url] of [ourUrl, theirUrl].entries())
        for (let i = 0; i < runs / STRETCHES; i++) {
          const { ms, status, bytes } = await ask(url);
          if (status !== 200) throw new Error(`cannot measure ${url}: it answered ${status}`);
          if (stretch > 0) times[side].push(ms);
          else if (i === 0) console.log(`  ${what}: ${side === 0 ? 'heed' : 'victoria-metrics'} answers ${bytes.toLocaleString('en-US')} bytes`);
        }
    measurements.push({ what, values: { heed: median(times[0]), 'victoria-metrics': median(times[1]) }, unit: 'ms', better: 'less', goal });
  }
  await ours.stop();
  await theirs.stop();
  rmSync(scratch, { recursive: true, force: true });
  printMeasurements('Answers over HTTP, median', measurements);
}
