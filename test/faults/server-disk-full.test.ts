import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { closeSync, globSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DoctorAnswer, ErrorAnswer, FactsAnswer } from '../../src/api/contract.ts';
import { eventually, renderValues, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { droppedBy, nowOf, sendAll } from './journey.fixture.ts';

const SKIP = process.getuid?.() !== 0 && 'only root may mount a small file system to fill';

/** Takes all the room that is left. */
function fill(path: string): void {
  const fd = openSync(path, 'w');
  for (let size = 1 << 20; size >= 1; size = size >> 1) {
    const bytes = Buffer.alloc(size, 1);
    try {
      for (;;) if (writeSync(fd, bytes) < size) break;
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
  }
  closeSync(fd);
}

function sendEvent(server: RunningServer, title: string): void {
  const udp = createSocket('udp4');
  const text = 'a longer text '.repeat(100);
  udp.send(`_e{${title.length},${text.length}}:${title}|${text}`, server.port('statsd'), '127.0.0.1', () => udp.close());
}

const titlesOf = async (server: RunningServer): Promise<string[]> =>
  (await server.json<FactsAnswer>('/api/v1/facts?limit=1000')).facts.map(({ title }) => title);

/** Sends lines and events again and again until something has come of them. */
async function sendUntil(server: RunningServer, come: () => Promise<boolean>): Promise<void> {
  let round = 0;
  await eventually(
    async () => {
      const now = Math.floor(Date.now() / 1000);
      let lines = '';
      for (let i = 0; i < 3000; i++) lines += `flood.series${i % 300} ${round} ${now - i}\n`;
      await sendAll(server.port('carbon'), lines);
      sendEvent(server, `event ${round++}`);
      return come();
    },
    Boolean,
    60,
  );
}

async function assertFull(server: RunningServer): Promise<void> {
  const { verdict, store } = await nowOf(server);
  assert.equal(verdict.state, 'bad');
  assert.match(verdict.text, /^The disk is full since \d\d:\d\d/);
  assert.match(verdict.text, /numbers are refused, reading goes on/);
  assert.notEqual(store.writeProblem, '');
  const { checks } = await server.json<DoctorAnswer>('/api/v1/doctor');
  assert.ok(
    checks.some(({ subject, state }) => subject === 'Store' && state === 'bad'),
    JSON.stringify(checks),
  );
  const ready = await fetch(`${server.url}/readyz`);
  assert.equal(ready.status, 503);
  assert.match(((await ready.json()) as ErrorAnswer).error.message, /^cannot serve: .*(ENOSPC|no space|disk)/i);
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
}

async function assertReads(server: RunningServer): Promise<void> {
  assert.ok((await renderValues(server, 'before.full', '-1h')).includes(42));
  assert.ok((await titlesOf(server)).includes('before full'));
  assert.deepEqual(await server.json('/metrics/expand?query=before.*'), { results: ['before.full'] });
}

test('a full disk refuses numbers and events in words, deletes nothing, reads on, and goes on by itself with room', { skip: SKIP }, async (t) => {
  const mount = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'heed-test', mount]);
  t.after(() => {
    execFileSync('umount', [mount]);
    rmSync(mount, { recursive: true });
  });
  const [folder, filler] = [join(mount, 'data'), join(mount, 'filler')];
  // What is being written has a name of its own until it is whole.
  const files = (): string[] => globSync('**/*.*', { cwd: folder, exclude: ['**/*.tmp'] }).toSorted();

  {
    await using server = await startServer({ folder });
    await sendAll(server.port('carbon'), 'before.full 42 -1\n');
    sendEvent(server, 'before full');
    await eventually(
      () => renderValues(server, 'before.full'),
      (values) => values.includes(42),
    );
    await eventually(
      () => titlesOf(server),
      (titles) => titles.includes('before full'),
    );
    const there = files();

    fill(filler);
    await sendUntil(server, async () => (await droppedBy(server, 'points.dropped.disk_full')) > 0 && (await droppedBy(server, 'facts.dropped.disk_full')) > 0);
    await assertFull(server);
    await assertReads(server);
    for (const file of there) assert.ok(files().includes(file), `${file} was deleted`);

    rmSync(filler);
    await sendAll(server.port('carbon'), 'after.full 1 -1\n');
    await eventually(
      async () => {
        await sendAll(server.port('carbon'), 'after.full 1 -1\n');
        return renderValues(server, 'after.full');
      },
      (values) => values.includes(1),
    );
    await eventually(
      () => fetch(`${server.url}/readyz`),
      ({ status }) => status === 200,
    );
    sendEvent(server, 'after full');
    await eventually(
      () => titlesOf(server),
      (titles) => titles.includes('after full'),
    );
    const { verdict, store } = await nowOf(server);
    assert.equal(store.writeProblem, '');
    assert.equal(verdict.state, 'warn');
    assert.match(verdict.text, /dropped .*most often: /);
    assert.deepEqual(store.damage, []);

    fill(filler);
    await sendUntil(server, async () => (await nowOf(server)).store.writeProblem !== '');
    assert.equal(await server.stop(), 0, 'it ends cleanly on a full disk');
  }

  {
    await using server = await startServer({ folder });
    await assertReads(server);
    await sendUntil(server, async () => (await nowOf(server)).store.writeProblem !== '');
    await assertFull(server);
    await server.stop('SIGKILL');
  }
  await using server = await startServer({ folder });
  await assertReads(server);
  assert.ok((await renderValues(server, 'after.full', '-1h')).includes(1));
  rmSync(filler);
  await eventually(
    () => fetch(`${server.url}/readyz`),
    ({ status }) => status === 200,
  );
  sendEvent(server, 'at last');
  await eventually(
    () => titlesOf(server),
    (titles) => titles.includes('at last'),
  );
  assert.deepEqual((await nowOf(server)).store.damage, []);
});
