import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { runHeed } from '../harness/heed.ts';
import { eventually, renderValues, startServer, temporaryFolder } from '../harness/server.ts';
import { nowOf, sendAll } from './journey.fixture.ts';

const any = '127.0.0.1:0';
const anywhere = ['--http', any, '--statsd', any, '--carbon', any, '--pickle', any, '--statsd-admin', any];

/** A start that must fail: how it ended and the one sentence that it said. */
async function refusal(args: string[]): Promise<{ code: number | null; sentence: string }> {
  const { code, stdout, stderr } = await runHeed(['serve', ...anywhere, ...args]);
  assert.equal(stdout, '');
  assert.match(stderr, /^heed: [^\n]+\n$/, 'one sentence and nothing else');
  return { code, sentence: stderr.trim() };
}

test('a second server on one data folder is refused in words, and the first is not disturbed', async () => {
  await using first = await startServer();
  const { code, sentence } = await refusal(['--data', first.folder]);
  assert.equal(code, 1);
  assert.equal(sentence, `heed: cannot open ${join(first.folder, 'points')}: process ${first.process.pid} uses it`);
  await sendAll(first.port('carbon'), 'still.here 1 -1\n');
  await eventually(
    () => renderValues(first, 'still.here'),
    (values) => values.includes(1),
  );
});

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

test('a lock that a killed server left, or one that names nobody, keeps nobody out', async () => {
  const folder = temporaryFolder();
  const lock = join(folder, 'points', 'lock');
  {
    await using server = await startServer({ folder });
    await server.stop('SIGKILL');
  }
  assert.ok(isThere(lock), 'a kill leaves the lock');
  {
    await using server = await startServer({ folder });
    await server.stop('SIGKILL');
  }
  rmSync(lock);
  writeFileSync(lock, '');
  await using server = await startServer({ folder });
  assert.equal((await nowOf(server)).store.writeProblem, '');
  assert.equal(await server.stop(), 0);
  assert.ok(!isThere(lock), 'a clean end takes it away');
  rmSync(folder, { recursive: true });
});

test('a port that is taken is named, for every protocol, and the folder is free again', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = `127.0.0.1:${(taken.address() as AddressInfo).port}`;
  const folder = temporaryFolder();
  for (const [flag, words] of [
    ['--http', 'cannot listen on http'],
    ['--statsd', 'cannot listen for statsd on tcp'],
    ['--carbon', 'cannot listen for carbon on tcp'],
    ['--pickle', 'cannot listen for pickle on tcp'],
    ['--statsd-admin', 'cannot listen for statsd-admin on tcp'],
  ]) {
    const { code, sentence } = await refusal(['--data', folder, flag, address]);
    assert.equal(code, 1);
    assert.match(sentence, new RegExp(`^heed: ${words} ${address}: .*(EADDRINUSE|in use)`));
    assert.ok(!isThere(join(folder, 'points', 'lock')));
  }
  taken.close();
  rmSync(folder, { recursive: true });
});

test('an address that is not ours is named', async () => {
  const { code, sentence } = await refusal(['--data', temporaryFolder(), '--http', '192.0.2.1:0']);
  assert.equal(code, 1);
  assert.match(sentence, /^heed: cannot listen on http 192\.0\.2\.1:0: /);
});

test('a data folder that cannot be made or written is named', async (t) => {
  const parent = temporaryFolder();
  t.after(() => rmSync(parent, { recursive: true }));
  const file = join(parent, 'file');
  writeFileSync(file, '');
  for (const data of [file, join(file, 'below')]) {
    const { code, sentence } = await refusal(['--data', data]);
    assert.equal(code, 1);
    assert.match(sentence, new RegExp(`^heed: cannot use data folder ${data}: `));
  }
});

test('a data folder without the right to write is named', { skip: process.getuid?.() === 0 && 'root may write everywhere' }, async (t) => {
  const folder = temporaryFolder();
  t.after(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });
  chmodSync(folder, 0o500);
  const { code, sentence } = await refusal(['--data', folder]);
  assert.equal(code, 1);
  assert.match(sentence, new RegExp(`^heed: cannot use data folder ${folder}: EACCES: permission denied`));
});

test('a file system that is read-only is named', { skip: process.getuid?.() !== 0 && 'only root may mount one' }, async (t) => {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'heed-test', folder]);
  t.after(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  const { code, sentence } = await refusal(['--data', folder]);
  assert.equal(code, 1);
  assert.match(sentence, new RegExp(`^heed: cannot use data folder ${folder}: EROFS: read-only file system`));
});

test("a folder without carbon's files is named", async () => {
  const folder = temporaryFolder();
  const { code, sentence } = await refusal(['--data', folder, '--carbon-conf', join(folder, 'nothing')]);
  assert.equal(code, 1);
  assert.match(sentence, new RegExp(`^heed: cannot read carbon's files in ${folder}/nothing: ENOENT`));
});

test('data that a newer Heed has written is not touched', async () => {
  const folder = temporaryFolder();
  {
    await using server = await startServer({ folder });
    await server.stop();
  }
  for (const name of ['catalog.db', 'catalog.copy.db']) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 900');
    database.close();
  }
  const { code, sentence } = await refusal(['--data', folder]);
  assert.equal(code, 1);
  assert.match(sentence, /^heed: cannot open the catalog: its schema is 900, this Heed knows \d+; use the Heed that wrote it or a newer one$/);
  rmSync(folder, { recursive: true });
});

test('a folder of other things is used without touching them', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'notes'));
  writeFileSync(join(folder, 'notes', 'mine.txt'), 'mine');
  await using server = await startServer({ folder });
  assert.deepEqual((await nowOf(server)).store.damage, []);
  assert.ok(existsSync(join(folder, 'notes', 'mine.txt')));
  await server.stop();
  rmSync(folder, { recursive: true });
});
