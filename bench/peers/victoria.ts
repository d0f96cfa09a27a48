import { rmSync } from 'node:fs';
import { Child, has, until } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { freePort } from '../process/port.ts';
import type { Peer, RunningPeer } from './peer.ts';

/** Debian's victoria-metrics, single node, taking Graphite lines. */
export const victoria: Peer = {
  name: 'victoria-metrics',
  missing: () => (has('victoria-metrics') ? '' : 'not installed: apt-get install victoria-metrics'),
  async start(processor) {
    const folder = newFolder('victoria');
    const [carbon, http] = [await freePort(), await freePort()];
    const args = [
      `-graphiteListenAddr=127.0.0.1:${carbon}`,
      `-httpListenAddr=127.0.0.1:${http}`,
      `-storageDataPath=${folder}`,
      '-retentionPeriod=100y',
      '-loggerLevel=ERROR',
      '-search.maxUniqueTimeseries=2000000',
      '-search.latencyOffset=0s',
    ];
    const child = new Child('victoria-metrics', args, { processor });
    await until(async () => (await fetch(`http://127.0.0.1:${http}/health`).catch(() => undefined))?.ok ?? false, 20, 'victoria-metrics', 50);
    return {
      child,
      folder,
      ports: { carbon, http },
      async stop() {
        await child.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

/** A number of its own metrics page, summed over labels. */
export async function victoriaMetric(peer: RunningPeer, pattern: RegExp): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${peer.ports.http}/metrics`)).text();
  let sum = 0;
  for (const line of text.split('\n')) if (pattern.test(line)) sum += Number(line.replace(/^.* /, ''));
  return sum;
}
