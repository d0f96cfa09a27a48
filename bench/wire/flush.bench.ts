import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ask } from '../load/ask.ts';
import { etsy } from '../peers/etsy.ts';
import { counter, startHeed, type RunningHeed } from '../peers/heed.ts';
import type { RunningPeer } from '../peers/peer.ts';
import { kernelDrops } from '../process/child.ts';
import { printMeasurements, type Measurement } from '../table.ts';

const GENERATOR = fileURLToPath(new URL('../load/udp.ts', import.meta.url));
const TIMERS = 10_000;
const SAMPLES = 100;
const FLUSH_SECONDS = 10;
const SECONDS = 32;
const run = promisify(execFile);

/** The slowest of many answers, milliseconds, until `done`. */
async function slowest(answer: () => Promise<number>, done: Promise<unknown>): Promise<number> {
  let most = 0;
  const over = new AbortController();
  void done.then(() => over.abort());
  while (!over.signal.aborted) {
    most = Math.max(most, await answer());
    await wait(1);
  }
  return most;
}

/** Asks the admin port whether the server is up. */
async function adminOf(server: RunningPeer): Promise<() => Promise<number>> {
  const socket = createConnection(server.ports.admin as number, '127.0.0.1');
  await once(socket, 'connect');
  return async () => {
    const start = performance.now();
    socket.write('health\n');
    await once(socket, 'data');
    return performance.now() - start;
  };
}

interface Flushed {
  /** Share of the packets that the kernel dropped, percent. */
  lost: number;
  admin: number;
  http: number;
}

/** Sends timings without a pause over three flushes, and asks meanwhile. */
async function flushes(server: RunningPeer, http?: () => Promise<number>): Promise<Flushed> {
  const port = server.ports.statsd as number;
  const before = kernelDrops(port);
  const rate = (TIMERS * SAMPLES) / FLUSH_SECONDS;
  const args = ['--port', String(port), '--lines', '10', '--names', String(TIMERS), '--mix', 'timer', '--rate', String(rate), '--secs', String(SECONDS)];
  const sending = run(process.execPath, [GENERATOR, ...args]);
  const [admin, slowHttp] = await Promise.all([slowest(await adminOf(server), sending), http ? slowest(http, sending) : NaN]);
  const { packets } = JSON.parse((await sending).stdout) as { packets: number };
  return { lost: ((kernelDrops(port) - before) / packets) * 100, admin, http: slowHttp };
}

/** Three flushes of 10,000 timers with 100 samples each while more come: what is lost and who has to wait. */
export async function bench(): Promise<void> {
  const ours: RunningHeed = await startHeed('0,1', { args: ['--flush', String(FLUSH_SECONDS)] });
  const heed = await flushes(ours, async () => (await ask(`${ours.url}/healthz`)).ms);
  const stored = await counter(ours, 'points.stored');
  await ours.stop();
  const measurements: Measurement[] = [];
  let theirs: Flushed = { lost: NaN, admin: NaN, http: NaN };
  if (etsy.missing() === '') {
    const server = await etsy.start('0,1');
    theirs = await flushes(server);
    await server.stop();
  }
  measurements.push(
    { what: 'packets lost', values: { heed: heed.lost, [etsy.name]: theirs.lost }, unit: '%', better: 'less', goal: 'none' },
    { what: 'slowest answer of the admin port', values: { heed: heed.admin, [etsy.name]: theirs.admin }, unit: 'ms', better: 'less', goal: 'no stall' },
    { what: 'slowest answer by HTTP', values: { heed: heed.http }, unit: 'ms', better: 'less', goal: 'no stall' },
    { what: 'points stored', values: { heed: stored }, unit: 'points', better: 'more', goal: `${TIMERS * 13 * 3}, all numbers of all timers` },
  );
  printMeasurements(`Flushes of ${TIMERS.toLocaleString('en-US')} timers × ${SAMPLES} samples, without a pause in sending`, measurements);
}
