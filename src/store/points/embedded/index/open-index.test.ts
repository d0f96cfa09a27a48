import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Kind, Method } from '../../../../core/series.ts';
import { openIndex, type OpenedIndex } from './open-index.ts';
import { verifyIndex } from './verify-index.ts';

const OPTIONS = { maxSeries: 10_000, classify: (name: string): number => name.length % 256 };

function makeFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-index-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function nameOf(i: number): string {
  return i % 4 === 0 ? `disk.m${i % 5};dc=x;host=h${i}` : `web.h${i % 9}.m${i}.é`;
}

function intern({ index }: OpenedIndex, from: number, to: number): void {
  for (let i = from; i < to; i++) index.intern(nameOf(i), Kind.counter, Method.sum);
}

/** All that an index answers, for comparison. */
function contents({ index }: OpenedIndex): unknown {
  return {
    ids: index.ids,
    series: index.names(-1, 1e6).map((id) => ({ ...index.ref(id), policy: index.policy(id), found: index.lookup(index.name(id)) })),
    tree: [...index.find('*', { limit: 1e6, counts: true }), ...index.find('*.*.*.*', { limit: 1e6, counts: true })],
    values: index.tagValues([], 'host', '', 1e6),
    hosts: index.select({ tags: ['host=~h.*', 'dc=x'] }, 1e6),
  };
}

/** Closes and opens again. */
async function reopen(folder: string, { log }: OpenedIndex): Promise<OpenedIndex> {
  await log.close();
  return openIndex(folder, OPTIONS);
}

test('names, kinds and removals come back from the log alone', async (context) => {
  const folder = makeFolder(context);
  let opened = openIndex(folder, OPTIONS);
  intern(opened, 0, 3000);
  for (let id = 0; id < 3000; id += 7) opened.index.remove(id);
  opened.index.intern(nameOf(1), Kind.timer, Method.max);
  opened.index.reserve(5000);
  opened.index.intern('late', Kind.unknown, Method.byRule);
  opened.index.intern('late', Kind.gauge, Method.last);
  const before = contents(opened);
  opened = await reopen(folder, opened);
  assert.deepEqual(opened.damage, []);
  assert.deepEqual(contents(opened), before);
  assert.equal(opened.index.ids, 5001);
  await opened.log.close();
});

test('a snapshot and the log behind it give the same index, and it goes on', async (context) => {
  const folder = makeFolder(context);
  let opened = openIndex(folder, OPTIONS);
  intern(opened, 0, 2000);
  opened.index.setStride(5, 60);
  opened.index.remove(6);
  await opened.log.snapshot(opened.index);
  intern(opened, 2000, 2500);
  opened.index.remove(7);
  const before = contents(opened);
  writeFileSync(join(folder, 'names-000007.log.tmp'), 'half');
  opened = await reopen(folder, opened);
  assert.deepEqual(opened.damage, []);
  assert.deepEqual(contents(opened), before);
  assert.equal(opened.index.stride(5), 60);
  intern(opened, 2500, 4000);
  opened.index.remove(2600);
  await opened.log.snapshot(opened.index);
  const after = contents(opened);
  opened = await reopen(folder, opened);
  assert.deepEqual(contents(opened), after);
  const onDisk = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  assert.equal(opened.log.bytes, onDisk);
  await opened.log.close();
});

test('other policies than the snapshot knows are asked for again', async (context) => {
  const folder = makeFolder(context);
  const opened = openIndex(folder, { ...OPTIONS, policyKey: 'one' });
  intern(opened, 0, 10);
  await opened.log.snapshot(opened.index);
  await opened.log.close();
  const again = openIndex(folder, { ...OPTIONS, policyKey: 'two', classify: () => 77 });
  assert.equal(again.index.policy(3), 77);
  await again.log.close();
});

/** A folder with a snapshot of 600 names and 300 more in the log. */
async function makeDamaged(context: TestContext): Promise<{ folder: string; before: unknown; bytes: Map<string, Buffer> }> {
  const folder = makeFolder(context);
  const opened = openIndex(folder, OPTIONS);
  intern(opened, 0, 300);
  await opened.log.sync();
  intern(opened, 300, 600);
  await opened.log.snapshot(opened.index);
  for (let i = 600; i < 900; i += 100) {
    intern(opened, i, i + 100);
    await opened.log.sync();
  }
  const before = contents(opened);
  await opened.log.close();
  return { folder, before, bytes: new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))])) };
}

test('a flipped byte anywhere never keeps the index from opening, is told, and costs one batch at most', async (context) => {
  const { folder, before, bytes } = await makeDamaged(context);
  assert.deepEqual(verifyIndex(folder).damage, []);
  for (const [name, original] of bytes) {
    for (let at = 0; at < original.length; at += 1 + Math.floor(original.length / 150)) {
      const flipped = Buffer.from(original);
      flipped[at] ^= 1 << (at % 8);
      writeFileSync(join(folder, name), flipped);
      assert.equal(verifyIndex(folder).damage.length > 0, true, `${name} at ${at}`);
      const opened = openIndex(folder, OPTIONS);
      assert.equal(opened.index.ids >= 800, true, `${name} at ${at}`);
      assert.equal(opened.index.size >= 800, true, `${name} at ${at}`);
      if (name === 'snapshot.bin') assert.deepEqual(contents(opened), before, `${name} at ${at}`);
      assert.ok(opened.damage.length > 0, `${name} at ${at}`);
      await opened.log.close();
      for (const [file, content] of bytes) writeFileSync(join(folder, file), content);
    }
  }
});

test('a file cut anywhere, or gone, opens; the log keeps what the snapshot lost and the other way round', async (context) => {
  const { folder, before, bytes } = await makeDamaged(context);
  for (const [name, original] of bytes) {
    for (let length = 0; length < original.length; length += 1 + Math.floor(original.length / 60)) {
      truncateSync(join(folder, name), length);
      const opened = openIndex(folder, OPTIONS);
      assert.ok(opened.index.size >= 600, `${name} at ${length}`);
      if (name === 'snapshot.bin') assert.deepEqual(contents(opened), before, `${name} at ${length}`);
      assert.ok(opened.damage.length > 0, `${name} at ${length}`);
      await opened.log.close();
      for (const file of readdirSync(folder)) rmSync(join(folder, file));
      for (const [file, content] of bytes) writeFileSync(join(folder, file), content);
    }
  }
  rmSync(join(folder, 'names-000001.log'));
  const opened = openIndex(folder, OPTIONS);
  assert.equal(opened.index.size, 600);
  assert.equal(opened.damage.length, 1);
  await opened.log.close();
});

test('the next snapshot mends a damaged log, so that there are two copies again', async (context) => {
  const { folder, before, bytes } = await makeDamaged(context);
  const flipped = Buffer.from(bytes.get('names-000001.log') as Buffer);
  flipped[30] ^= 1;
  writeFileSync(join(folder, 'names-000001.log'), flipped);
  let opened = openIndex(folder, OPTIONS);
  assert.equal(opened.damage.length, 1);
  assert.deepEqual(contents(opened), before);
  await opened.log.snapshot(opened.index);
  opened = await reopen(folder, opened);
  assert.deepEqual(opened.damage, []);
  await opened.log.close();
  rmSync(join(folder, 'snapshot.bin'));
  opened = openIndex(folder, OPTIONS);
  assert.deepEqual(contents(opened), before);
  await opened.log.close();
});

test('a log that is mostly about removed series is written anew', async (context) => {
  const folder = makeFolder(context);
  let opened = openIndex(folder, OPTIONS);
  for (let i = 0; i < 120_000; i++) {
    opened.index.remove(opened.index.intern(`one.that.does.not.stay.for.long.${i}`, Kind.unknown, Method.byRule));
    if (i % 5 === 0) opened.log.write();
  }
  intern(opened, 0, 10);
  await opened.log.sync();
  const large = opened.log.bytes;
  const [id] = opened.index.select({ glob: nameOf(1) }, 1);
  await opened.log.snapshot(opened.index);
  await opened.log.snapshot(opened.index);
  assert.ok(opened.log.bytes < large / 2);
  opened = await reopen(folder, opened);
  assert.equal(opened.index.size, 10);
  assert.equal(opened.index.lookup(nameOf(1)), id);
  assert.equal(opened.index.ids, 120_010);
  await opened.log.close();
});

test('names that came one by one are packed by the first snapshot', async (context) => {
  const folder = makeFolder(context);
  let opened = openIndex(folder, { ...OPTIONS, maxSeries: 60_000 });
  for (let i = 0; i < 60_000; i++) {
    opened.index.intern(`names.that.came.one.by.one.${i}`, Kind.counter, Method.sum);
    opened.log.write();
  }
  assert.ok(opened.log.bytes > 60_000 * 40);
  const before = contents(opened);
  await opened.log.snapshot(opened.index);
  assert.ok(opened.log.bytes < 60_000 * 20);
  await opened.log.close();
  rmSync(join(folder, 'snapshot.bin'));
  opened = openIndex(folder, { ...OPTIONS, maxSeries: 60_000 });
  assert.deepEqual(contents(opened), before);
  await opened.log.close();
});

test('what changes while a snapshot or a new log is written is neither lost nor half in it', async (context) => {
  const folder = makeFolder(context);
  const options = { ...OPTIONS, maxSeries: 100_000 };
  let opened = openIndex(folder, options);
  intern(opened, 0, 30_000);
  await opened.log.snapshot(opened.index);
  await opened.log.close();
  const path = join(folder, 'names-000001.log');
  const damaged = readFileSync(path);
  damaged[30] ^= 1;
  writeFileSync(path, damaged);
  opened = openIndex(folder, options);
  const state = { isDone: false };
  const done = opened.log.snapshot(opened.index).then(() => (state.isDone = true));
  let turns = 0;
  for (; !state.isDone; turns++) {
    intern(opened, 30_000 + turns * 5, 30_005 + turns * 5);
    opened.index.remove(turns * 3);
    opened.index.remove(29_999 - turns * 3);
    opened.index.intern(nameOf(turns * 2), Kind.timer, Method.max);
    opened.log.write();
    await setImmediate();
  }
  await done;
  assert.ok(turns > 5);
  assert.ok(!readdirSync(folder).includes('names-000001.log'));
  const before = contents(opened);
  await opened.log.close();
  for (const lost of ['', 'snapshot.bin']) {
    if (lost) rmSync(join(folder, lost));
    opened = openIndex(folder, options);
    assert.deepEqual(opened.damage, []);
    assert.deepEqual(contents(opened), before);
    await opened.log.close();
  }
});

test('a name whose removal was lost gives way to its newer id', (context) => {
  const { index } = openIndex(makeFolder(context), OPTIONS);
  const bytes = Buffer.from('a.b');
  index.restore(3, Kind.unknown, Method.byRule, bytes, 0, 3);
  index.restore(9, Kind.unknown, Method.byRule, bytes, 0, 3);
  assert.equal(index.lookup('a.b'), 9);
  assert.equal(index.alive(3), false);
  assert.equal(index.size, 1);
});
