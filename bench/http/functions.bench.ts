import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../load/ask.ts';
import { sendFile } from '../load/graphite.ts';
import { workload } from '../load/workload.ts';
import { graphiteWeb, writeWhisper } from '../peers/graphite-web.ts';
import { startHeed, stored } from '../peers/heed.ts';
import { victoria, victoriaMetric } from '../peers/victoria.ts';
import { until } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { median, printMeasurements, type Measurement } from '../table.ts';

const SERIES = 500;
const MINUTES = 2 * 1440;
const LEAVES = 10_000;
const STRETCHES = 3;
/** Asked so often in a stretch; graphite-web, which takes a second or so, once. */
const RUNS = 10;

/** Functions of the Graphite language over 500 series of a day in minutes, and a level of 10,000 names, of the same data in all. */
export async function bench(): Promise<void> {
  const peers = [graphiteWeb, victoria].filter((peer) => {
    const missing = peer.missing();
    if (missing) console.log(`  ${peer.name}: ${missing}`);
    return !missing;
  });
  const scratch = newFolder('lines');
  const file = join(scratch, 'lines.txt');
  const end = Math.floor(Date.now() / 60_000) * 60;
  const lines = writeMinutes(file, end);
  const heed = await startHeed('0,1');
  const running = new Map(await Promise.all(peers.map(async (peer) => [peer.name, await peer.start('0,1')] as const)));
  await sendFile(file, heed.ports.carbon as number);
  await stored(heed, lines, 120);
  const graphite = running.get(graphiteWeb.name);
  if (graphite) writeWhisper(graphite, file, MINUTES);
  const metrics = running.get(victoria.name);
  if (metrics) {
    await sendFile(file, metrics.ports.carbon as number);
    await until(async () => (await victoriaMetric(metrics, /^vm_rows_inserted_total.*graphite/)) >= lines, 300, 'rows of victoria-metrics');
    await fetch(`http://127.0.0.1:${metrics.ports.http}/internal/force_flush`);
  }

  const measurements: Measurement[] = [];
  const cases = casesOf(end);
  // The same question before and after all that arrived went into blocks.
  for (const { what, graphite: path, range, find, goal } of [{ ...cases[0], what: `${cases[0].what}, just arrived` }, ...cases]) {
    if (what === cases[0].what) await fetch(`${heed.url}/api/v1/compact`, { method: 'POST' });
    const sides: [name: string, url: string, runs: number][] = [['heed', `${heed.url}${path}`, RUNS]];
    if (graphite) sides.push([graphiteWeb.name, `http://127.0.0.1:${graphite.ports.http}${path}`, 1]);
    if (metrics && (range ?? find)) sides.push([victoria.name, `http://127.0.0.1:${metrics.ports.http}${range ?? find}`, RUNS]);
    const times = Object.fromEntries(sides.map(([name]) => [name, [] as number[]]));
    for (let stretch = 0; stretch <= STRETCHES; stretch++)
      for (const [name, url, runs] of sides)
        for (let i = 0; i < runs; i++) {
          const { ms, status, bytes } = await ask(url);
          if (status !== 200) throw new Error(`cannot measure ${url}: it answered ${status}`);
          if (stretch > 0) times[name].push(ms);
          else if (i === 0) console.log(`  ${what}: ${name} answers ${bytes.toLocaleString('en-US')} bytes`);
        }
    measurements.push({ what, values: Object.fromEntries(sides.map(([name]) => [name, median(times[name])])), unit: 'ms', better: 'less', goal });
  }
  for (const server of [heed, ...running.values()]) await server.stop();
  rmSync(scratch, { recursive: true, force: true });
  printMeasurements('Functions over HTTP, median', measurements);
}

/** Two days of 500 series in minutes, and one point for each of 10,000 names. Answers how many lines. */
function writeMinutes(file: string, end: number): number {
  const source = workload(SERIES);
  const values = new Float64Array(SERIES);
  const parts: string[] = [];
  for (let k = 1 - MINUTES; k <= 0; k++) {
    source.next(values);
    let text = '';
    for (let i = 0; i < SERIES; i++) text += `bench.s.h${i}.cpu ${values[i]} ${end + k * 60}\n`;
    parts.push(text);
  }
  for (let i = 0; i < LEAVES; i++) parts.push(`bench.wide.m${String(i).padStart(5, '0')} ${i} ${end - 120}\n`);
  writeFileSync(file, parts.join(''));
  return SERIES * MINUTES + LEAVES;
}

interface Case {
  what: string;
  /** Asked of Heed and graphite-web. */
  graphite: string;
  /** The same question in MetricsQL, where there is one. */
  range?: string;
  find?: string;
  goal: string;
}

function casesOf(end: number): Case[] {
  const [all, theirs] = ['bench.s.*.cpu', '{__name__=~"bench[.]s[.].*[.]cpu"}'];
  const render = (target: string, points = 0): string =>
    `/render?format=json&noCache=1&target=${encodeURIComponent(target)}&from=${end - 86_400}&until=${end}${points ? `&maxDataPoints=${points}` : ''}`;
  const range = (query: string, step = 60): string =>
    `/api/v1/query_range?query=${encodeURIComponent(query)}&start=${end - 86_400 + step}&end=${end}&step=${step}s&nocache=1`;
  return [
    { what: 'sumSeries of 500', graphite: render(`sumSeries(${all})`), range: range(`sum(${theirs})`), goal: '<= 20 ms' },
    { what: '500 series to 300 points', graphite: render(all, 300), range: range(`avg_over_time(${theirs}[5m])`, 300), goal: '<= 0.05x graphite-web' },
    {
      what: 'movingAverage(500, 10)',
      graphite: render(`movingAverage(${all},10)`),
      range: range(`avg_over_time(${theirs}[10m])`),
      goal: '<= 0.067x graphite-web',
    },
    {
      what: "summarize(500, '1h')",
      graphite: render(`summarize(${all},"1h")`),
      range: range(`sum_over_time(${theirs}[1h]) keep_metric_names`, 3600),
      goal: '<= 0.067x graphite-web',
    },
    // Two days are too few to learn a week from, of which graphite-web then tells nothing.
    { what: 'holtWintersForecast(500)', graphite: render(`holtWintersForecast(${all},'1d')`), goal: '<= 0.067x graphite-web' },
    {
      what: 'limit(sortByMaxima(500), 10)',
      graphite: render(`limit(sortByMaxima(${all}),10)`),
      range: range(`topk_max(10, ${theirs})`),
      goal: '<= 0.067x graphite-web',
    },
    { what: 'find * of 10,000', graphite: '/metrics/find?query=bench.wide.*', find: '/metrics/find?query=bench.wide.*', goal: '<= 20 ms' },
  ];
}
