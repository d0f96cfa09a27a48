import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child, has, until } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { freePort } from '../process/port.ts';
import type { Peer } from './peer.ts';

/** Debian's collectd with its StatsD plug-in and no output. */
export const collectd: Peer = {
  name: 'collectd',
  missing: () => (has('collectd') ? '' : 'not installed: apt-get install collectd-core'),
  async start(processor) {
    const folder = newFolder('collectd');
    const port = await freePort();
    writeFileSync(
      join(folder, 'collectd.conf'),
      `BaseDir "${folder}"\nPIDFile "${folder}/pid"\nInterval 10\nLoadPlugin statsd\n<Plugin statsd>\n  Host "127.0.0.1"\n  Port "${port}"\n  TimerPercentile 90.0\n  TimerCount true\n</Plugin>\n`,
    );
    const child = new Child('collectd', ['-f', '-C', join(folder, 'collectd.conf')], { processor });
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    await until(() => readFileSync('/proc/net/udp', 'utf8').includes(`:${hex} `), 20, `collectd: ${child.output}`);
    return {
      child,
      folder,
      ports: { statsd: port },
      async stop() {
        await child.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
