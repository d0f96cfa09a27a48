import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Child, has } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { freePort } from '../process/port.ts';
import type { Peer } from './peer.ts';

const CACHE = join(process.cwd(), '.cache/bench/statsd');

/** Etsy's statsd from npm. It calls an API that Node 23 removed, so it runs under the system's older Node. */
export const etsy: Peer = {
  name: 'statsd (npm)',
  missing() {
    if (!has('/usr/local/bin/node') && !has('/usr/bin/node')) return 'no older Node here';
    return '';
  },
  async start(processor) {
    if (!existsSync(join(CACHE, 'node_modules/statsd'))) {
      mkdirSync(CACHE, { recursive: true });
      writeFileSync(join(CACHE, 'package.json'), '{"private":true}');
      execFileSync('npm', ['i', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional', 'statsd@0.9.0'], {
        cwd: CACHE,
        stdio: 'ignore',
      });
    }
    const folder = newFolder('etsy');
    const [port, admin] = [await freePort(), await freePort()];
    writeFileSync(
      join(folder, 'config.js'),
      `{ port: ${port}, address: '127.0.0.1', mgmt_port: ${admin}, mgmt_address: '127.0.0.1', flushInterval: 10000, backends: [], healthStatus: 'up' }`,
    );
    const node = ['/usr/local/bin/node', '/usr/bin/node'].find((path) => existsSync(path)) as string;
    const child = new Child(node, [join(CACHE, 'node_modules/statsd/stats.js'), join(folder, 'config.js')], { processor });
    await child.says(/server is up/, 20);
    return {
      child,
      folder,
      ports: { statsd: port, admin },
      async stop() {
        await child.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
