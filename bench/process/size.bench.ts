import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { ask } from '../load/ask.ts';
import { sendFile, writeLines } from '../load/graphite.ts';
import { counter, startHeed, stored } from '../peers/heed.ts';
import { median, printMeasurements, type Measurement } from '../table.ts';
import { folderBytes, newFolder } from './folder.ts';

const MB = 1e6;

async function idle(measurements: Measurement[]): Promise<void> {
  const server = await startHeed('0,1');
  await wait(30_000);
  const cpu = server.child.cpuSeconds();
  await wait(20_000);
  measurements.push(
    { what: 'idle, resident', values: { heed: server.child.residentBytes() / MB }, unit: 'MB', better: 'less', goal: '<= 160' },
    { what: 'idle, processor', values: { heed: ((server.child.cpuSeconds() - cpu) / 20) * 100 }, unit: '% of a core', better: 'less', goal: '< 1' },
  );
  await server.stop();
}

async function million(measurements: Measurement[]): Promise<void> {
  const folder = newFolder('million');
  const scratch = newFolder('lines');
  const file = join(scratch, 'lines.txt');
  let server = await startHeed('0,1', { folder, args: ['--max-series', '1200000'] });
  let total = 0;
  for (let round = 0; round < 3; round++) {
    total += writeLines(file, 1_000_000, 1, Math.floor(Date.now() / 10_000) * 10 + round * 10 - 60, 10);
    await sendFile(file, server.ports.carbon as number);
    await stored(server, total, 120);
  }
  const finds: number[] = [];
  for (let i = 0; i < 20; i++) finds.push((await ask(`${server.url}/metrics/find?query=app.host*.view.search.timing.mean&format=json`)).ms);
  measurements.push(
    { what: '1,000,000 series, resident', values: { heed: server.child.residentBytes() / MB }, unit: 'MB', better: 'less', goal: '<= 2,000' },
    { what: '1,000,000 series, find 5,000', values: { heed: median(finds) }, unit: 'ms', better: 'less', goal: '<= 50' },
  );
  await server.stop();
  for (const [how, signal] of [
    ['clean stop', 'SIGTERM'],
    ['kill -9', 'SIGKILL'],
  ] as const) {
    const start = performance.now();
    server = await startHeed('0,1', { folder, args: ['--max-series', '1200000'] });
    const answer = await ask(`${server.url}/metrics/find?query=app.host4999.view.search.timing.mean&format=json`);
    if (answer.bytes < 10) throw new Error('cannot measure the restart: names are missing');
    measurements.push({
      what: `1,000,000 series, restart after ${how === 'clean stop' ? 'a clean stop' : how}`,
      values: { heed: (performance.now() - start) / 1000 },
      unit: 's',
      better: 'less',
      goal: '<= 5',
    });
    if (signal === 'SIGTERM') {
      total = writeLines(file, 1_000_000, 1, Math.floor(Date.now() / 10_000) * 10, 10);
      await sendFile(file, server.ports.carbon as number);
      await stored(server, total, 120);
      await server.child.stop('SIGKILL');
    } else await server.stop();
  }
  rmSync(folder, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}

async function readyOnExisting(measurements: Measurement[]): Promise<void> {
  const folder = newFolder('gigabyte');
  const scratch = newFolder('lines');
  const file = join(scratch, 'lines.txt');
  let server = await startHeed('0,1', { folder });
  let total = 0;
  const end = Math.floor(Date.now() / 10_000) * 10;
  // Half a million points a file, mostly full floats would be quicker to reach a gigabyte; real shapes are wanted here.
  while (folderBytes(folder) < 1e9 && total < 900e6) {
    total += writeLines(file, 20_000, 400, end - total / 2000 - 4000, 10);
    await sendFile(file, server.ports.carbon as number);
    await stored(server, total, 300);
  }
  const bytes = folderBytes(folder);
  await server.stop();
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    server = await startHeed('0,1', { folder });
    times.push(performance.now() - start);
    await server.stop();
  }
  measurements.push({ what: `ready on ${(bytes / 1e9).toFixed(1)} GB of data`, values: { heed: median(times) }, unit: 'ms', better: 'less', goal: '<= 500' });
  rmSync(folder, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}

async function bomb(measurements: Measurement[]): Promise<void> {
  const server = await startHeed('0,1');
  const socket = createConnection(server.ports.carbon as number, '127.0.0.1');
  await once(socket, 'connect');
  const start = performance.now();
  let peak = 0;
  const TOTAL = 10_000_000;
  for (let from = 0; from < TOTAL; from += 10_000) {
    let text = 'old.series 1 -1\n';
    for (let i = from; i < from + 10_000; i++) text += `bomb.${(i * 2654435761) % 4294967296}.name${i} 1 -1\n`;
    if (!socket.write(text)) await once(socket, 'drain');
    if (from % 500_000 === 0) {
      await fetch(`${server.url}/api/v1/now`);
      peak = Math.max(peak, server.child.residentBytes());
      const ahead = (from / TOTAL) * 60_000 - (performance.now() - start);
      if (ahead > 0) await wait(ahead);
    }
  }
  socket.end();
  await once(socket, 'close');
  await wait(1000);
  peak = Math.max(peak, server.child.residentBytes());
  const lines = TOTAL + TOTAL / 10_000;
  const [kept, dropped, own] = [await counter(server, 'points.stored'), await counter(server, 'points.dropped.too_many_series'), 0];
  const old = (await (await fetch(`${server.url}/render?format=json&target=old.series&from=-5min`)).json()) as unknown[];
  measurements.push(
    { what: 'bomb of 10 M names in a minute, resident', values: { heed: peak / MB }, unit: 'MB', better: 'less', goal: '<= 1,000' },
    {
      what: 'bomb: stored + dropped - sent (own points above 0)',
      values: { heed: kept + dropped + own - lines },
      unit: 'points',
      better: 'less',
      goal: 'only Heed’s own',
    },
    { what: 'bomb: old series answers', values: { heed: old.length }, unit: 'series', better: 'more', goal: '1' },
  );
  await server.stop();
}

/** Memory, start and idleness of the whole process. */
export async function bench(): Promise<void> {
  const measurements: Measurement[] = [];
  const wanted = process.argv.slice(3);
  for (const part of [idle, bomb, million, readyOnExisting]) if (wanted.length === 0 || wanted.includes(part.name)) await part(measurements);
  printMeasurements('The process', measurements);
}
