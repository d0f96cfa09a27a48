import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually, renderValues, startServer, temporaryFolder } from '../harness/server.ts';
import { sendGraphite } from '../harness/traffic.ts';

/** Debian's own Python, for which its graphite-web is. */
const PYTHON = '/usr/bin/python3';
const PROGRAM = fileURLToPath(new URL('graphite-web-cluster.py', import.meta.url));
const skip = spawnSync(PYTHON, ['-c', 'import graphite.settings']).status === 0 ? false : 'graphite-web is not installed';

test('a graphite-web reads from Heed as from another graphite-web, by GET and by POST', { skip }, async (t) => {
  await using server = await startServer();
  const now = Math.floor(Date.now() / 1000);
  await sendGraphite(server, [`cluster.a 1 ${now - 30}`, `cluster.b 2 ${now - 30}`, `cluster.b.c 4 ${now - 30}`]);
  await eventually(
    () => renderValues(server, 'sumSeries(cluster.*)'),
    (values) => values.includes(3),
  );
  for (const method of ['get', 'post']) {
    const folder = temporaryFolder();
    t.after(() => rmSync(folder, { recursive: true }));
    const { stdout } = await promisify(execFile)(PYTHON, [PROGRAM, server.url.replace('http://', ''), method, folder], { timeout: 60_000 });
    const { nodes, name, values } = JSON.parse(stdout) as { nodes: unknown; name: string; values: number[] };
    assert.deepEqual(
      nodes,
      [
        ['cluster.a', true],
        ['cluster.b', false],
        ['cluster.b', true],
      ],
      method,
    );
    assert.deepEqual([name, values], ['sumSeries(cluster.*)', [3]], method);
  }
});
