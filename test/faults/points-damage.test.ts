import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allocateCounters, readCounters } from '../../src/core/counters.ts';
import { Kind, Method } from '../../src/core/series.ts';
import { realClock } from '../../src/store/points/embedded/clock.ts';
import { Engine } from '../../src/store/points/embedded/engine.ts';
import { openPoints } from '../../src/store/points/embedded/open.ts';
import { type Answering, EmbeddedReader } from '../../src/store/points/embedded/reader.ts';
import { answerQuestion } from '../../src/store/points/embedded/answers.ts';
import type { Question } from '../../src/store/points/embedded/messages.ts';
import { verifyPoints } from '../../src/store/points/embedded/verify.ts';
import { BASE, loadPolicy, SERIES, STEP, valueAt } from './points-load.ts';

const POSITIONS = Number(process.env.HEED_DAMAGE_POSITIONS ?? 300);
const SLOTS = 9000;

/** A folder with two days in blocks, late points and the last slots in a log, and names. */
async function makeFolder(folder: string): Promise<void> {
  const store = await openPoints({ folder, policy: loadPolicy(), maxSeries: 1000, counters: allocateCounters() });
  const writer = store.writer();
  const ids = Array.from({ length: SERIES }, (_, i) => writer.declare(`load.s${i}`, Kind.gauge, Method.byRule));
  const write = async (from: number, until: number): Promise<void> => {
    for (let slot = from; slot < until; slot++) {
      for (let i = 0; i < SERIES; i++) while (!writer.add(ids[i], BASE + slot * STEP, valueAt(i, slot))) await writer.drained();
    }
    await store.sync();
  };
  await write(0, 8800);
  await store.settle();
  await write(8800, SLOTS);
  await store[Symbol.asyncDispose]();
}

/** Opens the folder and reads all; @returns points that are missing. A wrong point fails. */
async function openAndRead(folder: string): Promise<{ missing: number; damage: string[] }> {
  const counters = allocateCounters();
  const nothing = (): void => {};
  const engine = new Engine({
    folder,
    policy: loadPolicy(),
    maxSeries: 1000,
    counters,
    clock: realClock,
    headPoints: 100_000,
    sealAfter: Infinity,
    urgent: () => false,
    roomChanged: nothing,
  });
  const context = { engine, sessions: new Set<never>(), takeAll: () => Promise.resolve(), stop: () => Promise.resolve() };
  const direct: Answering = {
    ask: async (name, args) => (await answerQuestion({ name, args } as Question, context)) as never,
    send: (message) => {
      if (message.type === 'damage') engine.damaged(message.file, message.what);
    },
  };
  const reader = new EmbeddedReader(direct);
  const series = await reader.select({ glob: 'load.*' }, 1000);
  const rows = await reader.read({ series, from: BASE - STEP, until: BASE + (SLOTS - 1) * STEP, now: Date.now(), maxPoints: 1e9 });
  let known = 0;
  for (const row of rows) {
    const number = Number(row.name.slice('load.s'.length));
    for (let slot = 0; slot < row.values.length; slot++) {
      if (row.values[slot] !== row.values[slot]) continue;
      known++;
      if (row.values[slot] !== valueAt(number, slot)) assert.fail(`${row.name} at ${slot}: ${row.values[slot]}`);
    }
  }
  const { damage } = engine.stats();
  const counted = readCounters(counters);
  assert.equal(counted['points.damaged_blocks'] + counted['points.damaged_records'], damage.length, 'all damage is counted');
  await reader[Symbol.asyncDispose]();
  await engine.close();
  return { missing: SERIES * SLOTS - known, damage: damage.map(({ file, what }) => `${file}: ${what}`) };
}

void test(`${POSITIONS} changed or cut bytes anywhere: always starts, tells what it finds, answers nothing wrong`, { timeout: 600_000 }, async () => {
  const root = mkdtempSync(join(tmpdir(), 'heed-damage-'));
  const sound = join(root, 'sound');
  const hurt = join(root, 'hurt');
  try {
    await makeFolder(sound);
    assert.deepEqual(await openAndRead(sound), { missing: 0, damage: [] });
    const files = readdirSync(sound, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(sound.length + 1))
      .toSorted();
    assert.ok(files.length >= 6, files.join(' '));
    for (let i = 0; i < POSITIONS; i++) {
      const file = files[i % files.length];
      const size = statSync(join(sound, file)).size;
      const at = Math.floor(((i * 0.618034) % 1) * size);
      rmSync(hurt, { recursive: true, force: true });
      cpSync(sound, hurt, { recursive: true });
      const cut = i % 5 === 4;
      if (cut) truncateSync(join(hurt, file), at);
      else {
        const bytes = readFileSync(join(hurt, file));
        bytes[at] ^= 1 << (i % 8);
        writeFileSync(join(hurt, file), bytes);
      }
      const what = `${file}, ${cut ? 'cut' : 'changed'} at ${at} of ${size}`;
      try {
        const told: string[] = [];
        for await (const { file, problems } of verifyPoints(hurt)) told.push(...problems.map((problem) => `${file}: ${problem}`));
        const { missing, damage } = await openAndRead(hurt);
        // What a log's end lacks cannot be told from what a crash cut off.
        if (cut && file.endsWith('.log')) continue;
        // Zeros that a file should end with may be missing without harm.
        if (!cut || missing > 0) assert.ok(told.length > 0, 'verify finds it');
        if (missing > 0) assert.ok(damage.length > 0, `${missing} points are missing and nobody says so`);
        if (!file.endsWith('.blk') && !file.startsWith('log')) assert.equal(missing, 0, 'names are kept twice');
      } catch (error) {
        throw new Error(what, { cause: error });
      }
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
