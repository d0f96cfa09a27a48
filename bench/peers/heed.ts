import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Child, until } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { freePort } from '../process/port.ts';
import type { NowAnswer } from '../../src/api/contract.ts';
import type { Peer, RunningPeer } from './peer.ts';

const BIN = fileURLToPath(new URL('../../bin/heed', import.meta.url));

export interface RunningHeed extends RunningPeer {
  url: string;
  now(): Promise<NowAnswer>;
  /** Sum of all own counters that were dropped. */
  dropped(): Promise<number>;
}

/** Starts `heed serve` on free ports; `folder` keeps an existing one. */
export async function startHeed(processor: string, options: { args?: string[]; folder?: string; env?: Record<string, string> } = {}): Promise<RunningHeed> {
  const folder = options.folder ?? newFolder('heed');
  const any = '127.0.0.1:0';
  const admin = await freePort();
  const args = [
    'serve',
    '--data',
    folder,
    '--http',
    any,
    '--statsd',
    any,
    '--carbon',
    any,
    '--pickle',
    any,
    '--statsd-admin',
    `127.0.0.1:${admin}`,
    ...(options.args ?? []),
  ];
  const child = new Child(BIN, args, { processor, env: { HEED_STATSD_OPTIONS_RECEIVE_BUFFER_MEGABYTES: '4', ...options.env } });
  const [, url] = await child.says(/heed ready (http:\S+)/, 120);
  const now = async (): Promise<NowAnswer> => (await (await fetch(`${url}/api/v1/now`)).json()) as NowAnswer;
  const { protocols } = await now();
  const port = (name: string, transport: string): number =>
    Number(
      protocols
        .find((protocol) => protocol.name === name)
        ?.addresses.find((address) => address.startsWith(transport))
        ?.replace(/.*:/, ''),
    );
  return {
    child,
    folder,
    url,
    now,
    ports: {
      statsd: port('statsd', 'udp'),
      carbon: port('carbon', 'tcp'),
      pickle: port('pickle', 'tcp'),
      admin,
      http: Number(new URL(url).port),
    },
    dropped: async () => (await now()).drops.reduce((sum, { count }) => sum + count, 0),
    async stop() {
      await child.stop();
      if (!options.folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const heed: Peer = { name: 'heed', missing: () => '', start: (processor) => startHeed(processor) };

/** Waits until this many points have been stored. */
export async function stored(server: RunningHeed, least: number, seconds: number): Promise<void> {
  await until(async () => (await counter(server, 'points.stored')) >= least, seconds, `${least} points stored`, 10);
}

/** One of Heed's own counters, as `/api/v1/counters` gives it. */
export async function counter(server: RunningHeed, name: string): Promise<number> {
  const counters = (await (await fetch(`${server.url}/api/v1/counters`)).json()) as Record<string, number>;
  return counters[name];
}
