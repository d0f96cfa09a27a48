import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { kernelDrops } from '../process/child.ts';
import { collectd } from '../peers/collectd.ts';
import { etsy } from '../peers/etsy.ts';
import { heed } from '../peers/heed.ts';
import { netdata } from '../peers/netdata.ts';
import type { Peer, RunningPeer } from '../peers/peer.ts';
import { median, printMeasurements, type Measurement } from '../table.ts';

const GENERATOR = fileURLToPath(new URL('../load/udp.ts', import.meta.url));
const LOSS_ALLOWED = 0.001;
/** Times that all are measured, in turn; the middle figure counts. */
const ROUNDS = 3;
/** All have flushed once before it counts: the first flush makes the names. */
const WARM_UP_SECONDS = 11;
const run = promisify(execFile);

interface Load {
  lines: number;
  names: number;
  mix: string;
  /** Packets that the generator sends by one walk through the kernel; 1 is as clients send, more lift its own limit. */
  segments: number;
}

interface Sent {
  packets: number;
  lines: number;
  linesPerSecond: number;
}

async function send(port: number, load: Load, rate: number, secs: number): Promise<Sent> {
  const args = [
    '-c',
    '0',
    process.execPath,
    GENERATOR,
    '--port',
    String(port),
    '--lines',
    String(load.lines),
    '--names',
    String(load.names),
    '--mix',
    load.mix,
    '--segments',
    String(load.segments),
    '--rate',
    String(Math.round(rate)),
    '--secs',
    String(secs),
  ];
  return JSON.parse((await run('taskset', args)).stdout) as Sent;
}

/** Highest rate with less than 0.1 % lost, and processor seconds per million lines at it. */
async function lossFree(server: RunningPeer, load: Load): Promise<{ rate: number; cpuPerMillion: number }> {
  const port = server.ports.statsd as number;
  await send(port, load, 50_000, WARM_UP_SECONDS);
  const attempt = async (rate: number): Promise<{ rate: number; loss: number; cpu: number }> => {
    const [drops, cpu] = [kernelDrops(port), server.child.cpuSeconds()];
    const sent = await send(port, load, rate, 2);
    await wait(400);
    return { rate: sent.linesPerSecond, loss: (kernelDrops(port) - drops) / sent.packets, cpu: (server.child.cpuSeconds() - cpu) / (sent.lines / 1e6) };
  };
  let result = await attempt(0);
  while (result.loss > LOSS_ALLOWED && result.rate > 10_000) result = await attempt(result.rate * Math.max(0.7, Math.min(0.93, 1 - result.loss)));
  return { rate: result.rate, cpuPerMillion: result.cpu };
}

const LOADS: { title: string; load: Load; peers: Peer[]; goals: [string, string] }[] = [
  {
    title: '10 lines a packet, 1,000 names',
    load: { lines: 10, names: 1000, mix: 'plain', segments: 16 },
    peers: [etsy, netdata, collectd],
    goals: ['>= 6x statsd, 1.3x netdata, 1.7x collectd', '<= 0.5x the best'],
  },
  {
    title: '1 line a packet, 1,000 names',
    load: { lines: 1, names: 1000, mix: 'plain', segments: 1 },
    peers: [netdata],
    goals: ['no loss at the generator’s limit', '<= 0.5x netdata'],
  },
  { title: '10,000 names with tags', load: { lines: 10, names: 10_000, mix: 'full', segments: 16 }, peers: [netdata], goals: ['>= 2x netdata', 'less'] },
];

/** StatsD over UDP: generator on one processor, receiver on the other, 4 MB receive buffers for everybody. */
export async function bench(): Promise<void> {
  const rmem = Number(readFileSync('/proc/sys/net/core/rmem_default', 'utf8'));
  if (rmem < 4_000_000)
    console.log(
      `note: net.core.rmem_default is ${rmem}; peers that do not ask for a larger buffer get that (as root: sysctl -w net.core.rmem_default=4194304)`,
    );
  const measurements: Measurement[] = [];
  for (const { title, load, peers, goals } of LOADS) {
    const figures = new Map<string, { rate: number; cpuPerMillion: number }[]>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const peer of [heed, ...peers]) {
        const why = peer.missing();
        if (why) {
          if (round === 0) console.log(`note: ${peer.name} is not measured: ${why}`);
          figures.set(peer.name, []);
          continue;
        }
        const server = await peer.start('1');
        try {
          figures.set(peer.name, [...(figures.get(peer.name) ?? []), await lossFree(server, load)]);
        } finally {
          await server.stop();
        }
      }
    }
    const middle = (figure: 'rate' | 'cpuPerMillion'): Record<string, number> =>
      Object.fromEntries(Array.from(figures, ([name, all]) => [name, median(all.map((one) => one[figure]))]));
    measurements.push(
      { what: title, values: middle('rate'), unit: 'lines/s', better: 'more', goal: goals[0] },
      { what: `${title}, CPU`, values: middle('cpuPerMillion'), unit: 's/M lines', better: 'less', goal: goals[1] },
    );
  }
  printMeasurements('StatsD over UDP, loss below 0.1 %', measurements);
}
