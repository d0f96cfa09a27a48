import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { cpSync, globSync, openSync, closeSync, readFileSync, readSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { before, after, test } from 'node:test';
import type { DoctorAnswer, FactsAnswer, Project } from '../../src/api/contract.ts';
import { runHeed } from '../harness/heed.ts';
import { eventually, renderValues, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { nowOf, sendAll } from './journey.fixture.ts';

/** Nobody listens there, so what is forwarded stays in the spool. */
const forward = ['--forward', 'line://127.0.0.1:9'];
const SERIES = 50;
const POINTS = 20;
/** Each part is one block, the last one is in the log, a record a point. */
const PARTS = ['first', 'second', 'third'];
/** Seconds since 1970 of each part's first point, a day apart. */
const BEGIN = PARTS.map((_, i) => Math.floor(Date.now() / 10_000) * 10 - 600 - (PARTS.length - 1 - i) * 86_400);
const EVENTS = 100;

const sound = temporaryFolder();
const copies: string[] = [];

before(async () => {
  await using server = await startServer({ folder: sound, args: forward });
  for (const part of PARTS) {
    await sendPart(server, part);
    if (part !== PARTS.at(-1)) await server.json('/api/v1/compact', { method: 'POST' });
  }
  await sendEvents(server, EVENTS);
  await server.json('/api/v1/projects', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Shop"}' });
});

after(() => {
  for (const folder of [sound, ...copies]) rmSync(folder, { recursive: true, force: true });
});

const stored = async (server: RunningServer): Promise<number> => (await server.json<Record<string, number>>('/api/v1/counters'))['points.stored'];

async function sendPart(server: RunningServer, part: string): Promise<void> {
  const begin = BEGIN[PARTS.indexOf(part)];
  for (let point = 0; point < POINTS; point++) {
    let lines = '';
    for (let i = 0; i < SERIES; i++) lines += `${part}.series${i} ${point} ${begin + point * 10}\n`;
    const before = await stored(server);
    await sendAll(server.port('carbon'), lines);
    await eventually(
      () => stored(server),
      (count) => count >= before + SERIES,
    );
  }
}

async function sendEvents(server: RunningServer, count: number): Promise<void> {
  const udp = createSocket('udp4');
  for (let i = 0; i < count; i++) {
    const [title, text] = [`event ${i}`, `text ${i} `.repeat(50)];
    udp.send(`_e{${title.length},${text.length}}:${title}|${text}|#shop:${i % 7}`, server.port('statsd'), '127.0.0.1');
  }
  await eventually(
    () => factsOf(server),
    (facts) => facts.length === count,
  );
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

/** How many points of each part are missing; those that are there must be right. */
async function missing(server: RunningServer): Promise<Record<string, number>> {
  const lost: Record<string, number> = {};
  for (const [i, part] of PARTS.entries()) {
    const rows = await server.json<{ datapoints: [number | null, number][] }[]>(
      `/render?format=json&target=${part}.*&from=${BEGIN[i] - 60}&until=${BEGIN[i] + 600}`,
    );
    const there = rows.flatMap(({ datapoints }) => datapoints.filter(([value]) => value !== null));
    for (const [value, time] of there) assert.equal(time, BEGIN[i] + (value as number) * 10, `a value of ${part} is wrong`);
    lost[part] = SERIES * POINTS - there.length;
  }
  return lost;
}

/** It works: takes lines and events, answers all pages. */
async function assertAtWork(server: RunningServer): Promise<void> {
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  await sendAll(server.port('carbon'), 'after.damage 1 -1\n');
  await eventually(
    () => renderValues(server, 'after.damage'),
    (values) => values.includes(1),
  );
  const { length } = await factsOf(server);
  const udp = createSocket('udp4');
  udp.send('_e{5,4}:after|text', server.port('statsd'), '127.0.0.1');
  await eventually(
    () => factsOf(server),
    (facts) => facts.some(({ title }) => title === 'after') && facts.length === length + 1,
  );
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

const SHARES = [0, 0.3, 0.7];

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

for (const share of [0, 0.5])
  test(`files cut at ${share} of their length cost what was cut off, and are told`, async () => {
    for (const half of [0, 1]) {
      const folder = copy();
      const block = filesOf(folder, 'points/blocks/*.*')[half];
      const [pointLog] = filesOf(folder, 'points/log/*.log');
      const snapshot = filesOf(folder, 'points/index/*').find((file) => !file.endsWith('.log')) as string;
      const names = filesOf(folder, 'points/index/names-*.log');
      const files =
        half === 0
          ? [block, ...names, 'points/layouts.json', 'catalog.db']
          : [block, pointLog, snapshot, 'points/layouts.copy.json', 'facts.db', ...filesOf(folder, 'forward/**/*.spool')];
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

test('heed verify names every damaged file, also where nothing is lost', async () => {
  const folder = copy();
  assert.equal((await runHeed(['verify', '--data', folder])).code, 0);
  const files = [
    ...filesOf(folder, 'points/blocks/*.*'),
    ...filesOf(folder, 'points/log/*.log'),
    ...filesOf(folder, 'points/index/*'),
    'points/layouts.json',
    'points/layouts.copy.json',
  ];
  for (const file of files) flip(join(folder, file), 0.999);
  for (const file of ['catalog.db', 'facts.db']) flip(join(folder, file), 0);
  const { code, stdout } = await runHeed(['verify', '--data', folder]);
  assert.equal(code, 5);
  for (const file of [...files, 'catalog.db', 'facts.db']) assert.ok(stdout.includes(file), `${file} is not named: ${stdout}`);
});

/** HEED_FLIPS=1000 for a long run. */
const FLIPS = Number(process.env.HEED_FLIPS ?? 15);

test(`after any of ${FLIPS} flipped bits or cuts, anywhere, it starts and loses one piece at most`, async (t) => {
  for (let i = 0; i < FLIPS; i++) {
    const folder = copy();
    const all = filesOf(folder, '**/*.*').filter((file) => statSync(join(folder, file)).isFile() && statSync(join(folder, file)).size > 0);
    const file = all[i % all.length];
    const [share, mask, isCut] = [Math.random(), 1 << Math.floor(Math.random() * 8), Math.random() < 0.2];
    if (isCut) cut(join(folder, file), share);
    else flip(join(folder, file), share, mask);
    const what = `${isCut ? 'cut' : `flip of ${mask}`} at ${share} of ${file}`;
    try {
      await using server = await startServer({ folder, args: forward });
      await assertAtWork(server);
      const lost = Object.values(await missing(server)).filter((points) => points > 0);
      assert.ok(lost.length <= 1, `points of ${lost.length} parts are lost`);
    } catch (error) {
      throw new Error(what, { cause: error });
    }
    rmSync(folder, { recursive: true });
  }
  t.diagnostic(`${FLIPS} times`);
});
