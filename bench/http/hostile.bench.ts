import { setTimeout as wait } from 'node:timers/promises';
import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../load/ask.ts';
import { sendFile } from '../load/graphite.ts';
import { startHeed, stored } from '../peers/heed.ts';
import { newFolder } from '../process/folder.ts';

const SERIES = 500;
const MINUTES = 1440;
const LEAVES = 10_000;
/** Between two small questions, milliseconds. */
const PACE = 5;
/** Each hostile question is asked by so many at once. */
const CLIENTS = 4;
const DAY = 86_400;

/** Questions made to hold a server up, each by several clients at once, while a small one is asked again and again. */
export async function bench(): Promise<void> {
  const scratch = newFolder('lines');
  const file = join(scratch, 'lines.txt');
  const end = Math.floor(Date.now() / 60_000) * 60;
  const parts: string[] = [];
  for (let k = 1 - MINUTES; k <= 0; k++) for (let i = 0; i < SERIES; i++) parts.push(`bench.s.h${i}.cpu ${(i * 7 + k) % 100} ${end + k * 60}\n`);
  for (let i = 0; i < LEAVES; i++) parts.push(`bench.wide.${'a'.repeat(40)}${i} ${i} ${end - 120}\n`);
  writeFileSync(file, parts.join(''));
  const heed = await startHeed('0,1');
  await sendFile(file, heed.ports.carbon as number);
  await stored(heed, parts.length, 120);
  await fetch(`${heed.url}/api/v1/compact`, { method: 'POST' });
  rmSync(scratch, { recursive: true, force: true });

  const small = `${heed.url}/render?format=json&target=bench.s.h7.cpu&from=${end - 3600}&until=${end}`;
  const form = (targets: string[], days: number): URLSearchParams =>
    new URLSearchParams([['format', 'json'], ['from', String(end - days * DAY)], ['until', String(end)], ...targets.map((target) => ['target', target])]);
  const post = async (body: URLSearchParams): Promise<{ status: number; said: string }> => {
    const answer = await fetch(`${heed.url}/render`, { method: 'POST', body, signal: AbortSignal.timeout(60_000) });
    let bytes = 0;
    let said = '';
    try {
      for await (const chunk of answer.body as ReadableStream<Uint8Array>) {
        if (bytes === 0) said = Buffer.from(chunk.subarray(0, 200)).toString();
        bytes += chunk.length;
      }
    } catch {
      return { status: answer.status, said: `cut off after ${bytes.toLocaleString('en-US')} bytes` };
    }
    return { status: answer.status, said: answer.ok ? `${bytes.toLocaleString('en-US')} bytes` : said.trim() };
  };

  // Both workers are up and their code is compiled.
  for (let i = 0; i < 200; i++) await ask(small);
  for (let i = 0; i < 5; i++) await post(form(['sumSeries(bench.s.*.cpu)'], 1));
  console.log(`\nHostile questions, each by ${CLIENTS} clients at once; goal: the first answered or refused within 1 s, small ones meanwhile p99 < 50 ms`);
  const quiet = await pace(small, wait(1000));
  console.log(`  ${'(none)'.padEnd(44)} small ones p50 ${shown(middle(quiet))}, p99 ${shown(last(quiet))}`);
  for (const [what, targets, days] of hostile()) {
    const resident = heed.child.residentBytes();
    let most = 0;
    const times: number[] = [];
    let heard = { status: 0, said: '' };
    const all = Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const begun = performance.now();
        heard = await post(form(targets, days));
        times.push(performance.now() - begun);
      }),
    );
    const others = await pace(small, all, () => (most = Math.max(most, heed.child.residentBytes() - resident)));
    const grown = `${Math.max(0, Math.round(most / 1e6))} MB more`;
    console.log(
      `  ${what.padEnd(44)} ${`${shown(Math.min(...times))} to ${shown(Math.max(...times))}`.padStart(20)}   small ones p50 ${shown(middle(others))}, p99 ${shown(last(others))}, max ${shown(Math.max(...others))}; ${grown}; ${heard.status} ${heard.said.slice(0, 110)}`,
    );
  }
  await heed.stop();
}

function hostile(): [what: string, targets: string[], days: number][] {
  const many = (count: number, target: string): string[] => Array.from({ length: count }, () => target);
  return [
    ["sin('x',1,1) over a year", [`sin('x',1,1)`], 365],
    ['10,000 nested calls', [`${'sum('.repeat(10_000)}bench.s.h1.cpu${')'.repeat(10_000)}`], 1],
    ['60 nested movingMedians', [`${'movingMedian('.repeat(60)}bench.s.h1.cpu${',5)'.repeat(60)}`], 1],
    ["grep(10,000, '(a+)+$')", [`countSeries(grep(bench.wide.*,'(a+)+$'))`], 1 / 24],
    ["aliasSub(10,000, '(a|aa)+b|(a*)*c')", [`countSeries(aliasSub(bench.wide.*,'(a|aa)+b|(a*)*c','x'))`], 1 / 24],
    ['timeStack of 1e9', [`timeStack(bench.s.*.cpu,'1d',0,1000000000)`], 1],
    ['timeStack of 100', [`sumSeries(timeStack(bench.s.*.cpu,'1min',0,100))`], 1],
    ['all series x 2 years', ['bench.**'], 730],
    ['sum of all series x 2 years', ['sumSeries(bench.*.*,bench.*.*.*)'], 730],
    ['500 series x 1 day, 200 times', many(200, 'scale(bench.s.*.cpu,2)'), 1],
    ['1,000 targets of 500 series', many(1000, 'bench.s.*.cpu'), 1],
    ['medians of 500 over 1,000 points', [`movingMedian(bench.s.*.cpu,1000)`], 1],
    ['stdev of 500 over 1,000 points', [`stdev(bench.s.*.cpu,1000)`], 1],
    ['a million braces', [`bench.${'{a,b,c,d,e,f,g,h,i,j}'.repeat(6)}`], 1],
    ['29 million points of sines', many(4, `summarize(sumSeries(sin('x',1,1)),'1h')`), 42],
    ['14 million points of sines, written out', many(4, `sin('x',1,1)`), 42],
  ];
}

/** Asks for one answer after the other until `end`; their milliseconds. */
async function pace(url: string, end: Promise<unknown>, between: () => void = () => {}): Promise<number[]> {
  const times: number[] = [];
  const waiting = { over: false };
  const ended = end.finally(() => (waiting.over = true));
  while (!waiting.over) {
    const { ms, status } = await ask(url);
    if (status !== 200) throw new Error(`cannot measure ${url}: it answered ${status}`);
    times.push(ms);
    between();
    await wait(PACE);
  }
  await ended;
  return times.toSorted((a, b) => a - b);
}

const shown = (ms: number): string => `${ms >= 100 ? Math.round(ms).toLocaleString('en-US') : ms.toPrecision(2)} ms`;
const middle = (sorted: readonly number[]): number => sorted[sorted.length >> 1];
const last = (sorted: readonly number[]): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))];
