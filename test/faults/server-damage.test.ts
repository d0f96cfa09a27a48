import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { cpSync, globSync, openSync, closeSync, readFileSync, readSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { before, after, test } from 'node:test';
import type { DoctorAnswer, FactsAnswer, Project } from '../../src/api/contract.ts';
import { allocateCounters } from '../../src/core/counters.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { openPoints } from '../../src/store/points/embedded/open.ts';
import { eventually, renderValues, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { nowOf, sendAll, takenBy } from './journey.fixture.ts';

/** Nobody listens there, so what is forwarded stays in the spool. */
const forward = ['--forward', 'line://127.0.0.1:9'];
const SERIES = 50;
const POINTS = 20;
/** Each part is one block, the last one is in the log. */
const PARTS = ['first', 'second', 'third'];
const EVENTS = 300;

const sound = temporaryFolder();
const copies: string[] = [];

before(async () => {
  for (const part of PARTS) {
    await using server = await startServer({ folder: sound, args: forward });
    await sendPart(server, part);
    if (part === PARTS[0]) {
      await sendEvents(server, EVENTS);
      await server.json('/api/v1/projects', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Shop"}' });
    }
    await server.stop();
    if (part === PARTS.at(-1)) return;
    await using points = await openPoints({ folder: join(sound, 'points'), policy: defaultPolicy(), maxSeries: 10_000, counters: allocateCounters() });
    await points.settle();
  }
});

after(() => {
  for (const folder of [sound, ...copies]) rmSync(folder, { recursive: true, force: true });
});

/** A part's series lie in a window of their own, six hours apart, so that each part is a block of its own. */
async function sendPart(server: RunningServer, part: string): Promise<void> {
  const taken = await takenBy(server, 'carbon');
  const begin = Math.floor(Date.now() / 1000) - 600 - (PARTS.length - 1 - PARTS.indexOf(part)) * 86_400;
  for (let point = 0; point < POINTS; point++) {
    let lines = '';
    for (let i = 0; i < SERIES; i++) lines += `${part}.series${i} ${point} ${begin + point * 10}\n`;
    await sendAll(server.port('carbon'), lines);
    await eventually(() => renderValues(server, `${part}.series${SERIES - 1}`, '-7d'), (values) => values.includes(point));
  }
  assert.equal((await takenBy(server, 'carbon')) - taken, SERIES * POINTS);
}

async function sendEvents(server: RunningServer, count: number): Promise<void> {
  const udp = createSocket('udp4');
  for (let i = 0; i < count; i++) {
    const [title, text] = [`event ${i}`, `text ${i} `.repeat(50)];
    udp.send(`_e{${title.length},${text.length}}:${title}|${text}|#shop:${i % 7}`, server.port('statsd'), '127.0.0.1');
    if (i % 50 === 49) await eventually(() => factsOf(server), (facts) => facts.length > i);
  }
  udp.close();
}

async function factsOf(server: RunningServer): Promise<FactsAnswer['facts']> {
  return (await server.json<FactsAnswer>('/api/v1/facts?limit=1000')).facts;
}

/** Turns one bit of a file, at a share of its length. */
function flip(path: string, share: number, mask = 0x10): void {
  const at = Math.min(statSync(path).size - 1, Math.floor(statSync(path).size * share));
  const fd = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, at);
  byte[0] ^= mask;
  writeSync(fd, byte, 0, 1, at);
  closeSync(fd);
}

const cut = (path: string, share: number): void => truncateSync(path, Math.floor(statSync(path).size * share));

/** A copy of the sound folder. */
function copy(): string {
  const folder = temporaryFolder();
  copies.push(folder);
  cpSync(sound, folder, { recursive: true });
  return folder;
}

/** Files by pattern, oldest block first. */
const filesOf = (folder: string, pattern: string): string[] => globSync(pattern, { cwd: folder }).toSorted();

/** Where a series of each part has its values, and how many are missing. */
async function missing(server: RunningServer): Promise<Record<string, number>> {
  const lost: Record<string, number> = {};
  for (const part of PARTS) {
    const values = await renderValues(server, `${part}.*`, '-7d');
    lost[part] = SERIES * POINTS - values.length;
  }
  return lost;
}

/** It works: takes lines and events, answers all pages. */
async function assertAtWork(server: RunningServer): Promise<void> {
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  await sendAll(server.port('carbon'), 'after.damage 1 -1\n');
  await eventually(() => renderValues(server, 'after.damage'), (values) => values.includes(1));
  const { length } = await factsOf(server);
  const udp = createSocket('udp4');
  udp.send('_e{5,4}:after|text', server.port('statsd'), '127.0.0.1');
  await eventually(() => factsOf(server), (facts) => facts.some(({ title }) => title === 'after') && facts.length === length + 1);
  udp.close();
  assert.equal((await server.json<Project[]>('/api/v1/projects'))[0].slug, 'default');
  await server.json('/metrics/find?query=*');
}

/** Now, doctor and the log tell of each file. */
async function assertTold(server: RunningServer, files: string[]): Promise<void> {
  const { store, verdict } = await nowOf(server);
  for (const file of files)
    assert.ok(
      store.damage.some((damage) => damage.file.endsWith(file)),
      `${file} is damaged and that is not told: ${JSON.stringify(store.damage)}`,
    );
  assert.notEqual(verdict.state, 'ok');
  assert.match(verdict.details.join(' '), /damaged piece/);
  const { checks } = await server.json<DoctorAnswer>('/api/v1/doctor');
  assert.ok(checks.some(({ subject, state }) => subject === 'Damage' && state === 'warn'));
  const { stderr } = server.output();
  for (const { file } of store.damage) assert.ok(stderr.includes(file), `the log does not tell of ${file}`);
}

test('the sound folder is sound', async () => {
  await using server = await startServer({ folder: copy(), args: forward });
  assert.deepEqual((await nowOf(server)).store.damage, []);
  assert.deepEqual(await missing(server), { first: 0, second: 0, third: 0 });
  assert.equal((await factsOf(server)).length, EVENTS);
  await assertAtWork(server);
});

const SHARES = [0, 0.3, 0.7, 0.999];

for (const share of SHARES)
  test(`a flipped bit at ${share} of a block, a log, the names' log, one layouts file and the catalog costs that piece, and is told`, async () => {
    const folder = copy();
    const [block] = filesOf(folder, 'points/blocks/*.*');
    const [pointLog] = filesOf(folder, 'points/log/*.log');
    const names = filesOf(folder, 'points/index/names-*.log');
    const files = [block, pointLog, ...names, 'points/layouts.json', 'catalog.db'];
    for (const file of files) flip(join(folder, file), share);
    await using server = await startServer({ folder, args: forward });
    await assertAtWork(server);
    const lost = await missing(server);
    assert.equal(lost.second, 0);
    assert.ok(lost.third <= SERIES, `more than one record is lost: ${lost.third} points`);
    assert.equal((await factsOf(server)).length, EVENTS + 1);
    assert.ok((await server.json<Project[]>('/api/v1/projects')).some(({ slug }) => slug === 'shop'));
    await assertTold(server, [block, pointLog, ...names, 'points/layouts.json']);
  });

for (const share of SHARES)
  test(`a flipped bit at ${share} of the other block, the snapshot, the other layouts file, the events and the spool costs that piece, and is told`, async () => {
    const folder = copy();
    const block = filesOf(folder, 'points/blocks/*.*')[1];
    const snapshot = filesOf(folder, 'points/index/*').find((file) => !file.endsWith('.log')) as string;
    const spools = filesOf(folder, 'forward/**/*.spool');
    const files = [block, snapshot, 'points/layouts.copy.json', 'catalog.copy.db', 'facts.db', ...spools];
    for (const file of files) flip(join(folder, file), share);
    await using server = await startServer({ folder, args: forward });
    await assertAtWork(server);
    const lost = await missing(server);
    assert.equal(lost.first, 0);
    assert.equal(lost.third, 0);
    await assertTold(server, [block, snapshot]);
  });

for (const share of [0, 0.5, 0.95])
  test(`files cut at ${share} of their length cost what was cut off, and are told`, async () => {
    for (const half of [0, 1]) {
      const folder = copy();
      const block = filesOf(folder, 'points/blocks/*.*')[half];
      const [pointLog] = filesOf(folder, 'points/log/*.log');
      const snapshot = filesOf(folder, 'points/index/*').find((file) => !file.endsWith('.log')) as string;
      const names = filesOf(folder, 'points/index/names-*.log');
      const files = half === 0 ? [block, ...names, 'points/layouts.json', 'catalog.db'] : [block, pointLog, snapshot, 'points/layouts.copy.json', 'facts.db', ...filesOf(folder, 'forward/**/*.spool')];
      for (const file of files) cut(join(folder, file), share);
      await using server = await startServer({ folder, args: forward });
      await assertAtWork(server);
      const lost = await missing(server);
      assert.equal(lost[half === 0 ? 'second' : 'first'], 0);
      if (half === 0) assert.equal(lost.third, 0);
      await assertTold(server, half === 0 ? [block, 'points/layouts.json'] : [block, snapshot]);
    }
  });

test('a damaged database is put aside whole and can be looked at', async () => {
  const folder = copy();
  for (const file of ['catalog.db', 'facts.db']) flip(join(folder, file), 0);
  const before = readFileSync(join(folder, 'facts.db'));
  await using server = await startServer({ folder });
  await assertAtWork(server);
  await assertTold(server, ['catalog.db', 'facts.db']);
  const aside = filesOf(folder, '*.db.damaged-*');
  assert.equal(aside.length, 2);
  assert.ok(readFileSync(join(folder, aside[1])).equals(before));
});

test('files that vanished are made anew', async () => {
  const folder = copy();
  for (const file of ['catalog.db', 'facts.db', 'points/layouts.json', 'points/index/names-000001.log']) rmSync(join(folder, file), { force: true });
  await using server = await startServer({ folder });
  await assertAtWork(server);
  assert.deepEqual(await missing(server), { first: 0, second: 0, third: 0 });
});
