import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child, has, until } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { freePort } from '../process/port.ts';
import type { Peer } from './peer.ts';

/** Debian's netdata with its StatsD plug-in alone. */
export const netdata: Peer = {
  name: 'netdata',
  missing: () => (has('netdata') ? '' : 'not installed: apt-get install netdata-core'),
  async start(processor) {
    const folder = newFolder('netdata');
    const [port, http] = [await freePort(), await freePort()];
    for (const part of ['cache', 'lib', 'log', 'conf']) mkdirSync(join(folder, part));
    const plugins = [
      'proc',
      'diskspace',
      'cgroups',
      'tc',
      'idlejitter',
      'checks',
      'apps',
      'python.d',
      'charts.d',
      'node.d',
      'go.d',
      'fping',
      'ioping',
      'cups',
      'enable running new plugins',
      'slabinfo',
      'timex',
      'perf',
      'ebpf',
    ];
    writeFileSync(
      join(folder, 'netdata.conf'),
      `[global]\n  run as user = root\n[db]\n  mode = ram\n[directories]\n  cache = ${folder}/cache\n  lib = ${folder}/lib\n  log = ${folder}/log\n  config = ${folder}/conf\n[web]\n  bind to = 127.0.0.1:${http}\n[ml]\n  enabled = no\n[health]\n  enabled = no\n[plugins]\n${plugins.map((name) => `  ${name} = no`).join('\n')}\n  statsd = yes\n[statsd]\n  enabled = yes\n  bind to = udp:127.0.0.1:${port}\n  create private charts for metrics matching = !*\n  max private charts hard limit = 100000\n`,
    );
    const child = new Child('netdata', ['-D', '-c', join(folder, 'netdata.conf'), '-P', join(folder, 'pid')], { processor });
    await until(
      async () => (await fetch(`http://127.0.0.1:${http}/api/v1/info`).catch(() => undefined))?.ok ?? false,
      30,
      `netdata: ${child.output.slice(-500)}`,
      100,
    );
    return {
      child,
      folder,
      ports: { statsd: port, http },
      async stop() {
        await child.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
