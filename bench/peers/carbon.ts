import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child, has, until } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { freePort } from '../process/port.ts';
import { createConnection } from 'node:net';
import type { Peer } from './peer.ts';

/** Debian's carbon-cache without limits on updates and creates. It keeps a quarter of an hour: its files are made whole, and larger ones take it longer. */
export const carbonCache: Peer = {
  name: 'carbon-cache',
  missing: () => (has('carbon-cache') ? '' : 'not installed: apt-get install graphite-carbon'),
  async start(processor) {
    const folder = newFolder('carbon');
    const [line, pickle, query] = [await freePort(), await freePort(), await freePort()];
    for (const part of ['conf', 'log', 'whisper', 'run']) mkdirSync(join(folder, part));
    writeFileSync(
      join(folder, 'conf/carbon.conf'),
      `[cache]\nSTORAGE_DIR = ${folder}\nCONF_DIR = ${folder}/conf\nLOG_DIR = ${folder}/log\nPID_DIR = ${folder}/run\nLOCAL_DATA_DIR = ${folder}/whisper\nUSER =\nMAX_CACHE_SIZE = inf\nMAX_UPDATES_PER_SECOND = inf\nMAX_CREATES_PER_MINUTE = inf\nLINE_RECEIVER_INTERFACE = 127.0.0.1\nLINE_RECEIVER_PORT = ${line}\nPICKLE_RECEIVER_INTERFACE = 127.0.0.1\nPICKLE_RECEIVER_PORT = ${pickle}\nCACHE_QUERY_INTERFACE = 127.0.0.1\nCACHE_QUERY_PORT = ${query}\nLOG_UPDATES = False\nLOG_CREATES = False\nENABLE_TAGS = False\n`,
    );
    writeFileSync(join(folder, 'conf/storage-schemas.conf'), '[all]\npattern = .*\nretentions = 10s:15m\n');
    const child = new Child('carbon-cache', [`--config=${folder}/conf/carbon.conf`, '--nodaemon', 'start'], { processor });
    await until(
      () =>
        new Promise<boolean>((resolve) => {
          const socket = createConnection(line, '127.0.0.1', () => {
            socket.destroy();
            resolve(true);
          });
          socket.on('error', () => resolve(false));
        }),
      20,
      `carbon-cache: ${child.output}`,
      100,
    );
    return {
      child,
      folder,
      ports: { carbon: line, pickle },
      async stop() {
        await child.stop('SIGKILL');
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
