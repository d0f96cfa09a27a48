import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { freeSocketFile } from './socket-file.ts';

test('only a socket file that nobody answers on is removed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'heed-socket-'));
  t.after(() => rm(folder, { recursive: true }));
  await freeSocketFile(join(folder, 'nothing'));

  const file = join(folder, 'file');
  await writeFile(file, 'precious');
  await assert.rejects(freeSocketFile(file), /no socket/);

  const live = join(folder, 'live');
  const server = createServer().listen(live);
  await once(server, 'listening');
  await assert.rejects(freeSocketFile(live), /EADDRINUSE/);
  server.close();

  // A process that is killed leaves its socket file behind.
  const left = join(folder, 'left');
  spawnSync(process.execPath, ['-e', `require('node:net').createServer().listen(${JSON.stringify(left)}, () => process.kill(process.pid, 'SIGKILL'))`]);
  assert.ok(existsSync(left));
  await freeSocketFile(left);
  assert.ok(!existsSync(left));
});
