import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { eventually, startServer, type RunningServer } from '../harness/server.ts';
import { sendGraphite } from '../harness/traffic.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47];

async function picture(server: RunningServer): Promise<Response> {
  return fetch(`${server.url}/render?target=room.*&from=-10min&width=400&height=200&format=png`);
}

/** Processes that a process has started. */
function children(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
}

test('a picture is drawn by a process of its own, whose death costs no more than what it was drawing', { skip: process.platform !== 'linux' }, async () => {
  await using server = await startServer();
  const now = Math.floor(Date.now() / 1000);
  await sendGraphite(server, [`room.a 1 ${now - 60}`, `room.a 2 ${now}`]);
  const first = await eventually(
    () => picture(server),
    ({ status }) => status === 200,
  );
  assert.deepEqual([...new Uint8Array(await first.arrayBuffer()).subarray(0, 4)], PNG);
  const pid = server.process.pid as number;
  const [painter, ...others] = children(pid);
  assert.ok(painter);
  assert.deepEqual(others, []);
  process.kill(painter, 'SIGKILL');
  await eventually(
    async () => children(pid),
    (left) => !left.includes(painter),
  );
  const next = await eventually(
    () => picture(server),
    ({ status }) => status === 200,
  );
  assert.equal(next.headers.get('content-type'), 'image/png');
  assert.equal(await server.stop(), 0);
});
