import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { allocateCounters } from '../../src/core/counters.ts';
import { openPoints } from '../../src/store/points/embedded/open.ts';
import { verifyPoints } from '../../src/store/points/embedded/verify.ts';
import { BASE, loadPolicy, SERIES, STEP, valueAt } from './points-load.ts';

/** How often the writing process is killed; hundreds by HEED_KILL_CYCLES. */
const CYCLES = Number(process.env.HEED_KILL_CYCLES ?? 50);
const LONGEST = 250;

/** Runs the load from a slot on and kills it; @returns slots that were synced for sure, and slots that may be there. */
async function loadAndKill(folder: string, first: number, after: number): Promise<{ synced: number; sent: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load-points.ts'), folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HEED_LOAD_BASE: String(BASE) },
  });
  const state = { synced: first, sent: first };
  const lines = createInterface({ input: child.stdout });
  const closed = once(lines, 'close');
  lines.on('line', (line) => {
    const [what, slot] = line.split(' ');
    if (what === 'synced') state.synced = Number(slot);
    if (what === 'sent') state.sent = Number(slot);
  });
  await once(lines, 'line');
  await wait(after);
  child.kill('SIGKILL');
  await closed;
  return state;
}

/** Checks slots [from, synced): all there, all right; nothing after `sent`, and what is between may be missing, not wrong. */
async function check(folder: string, from: number, synced: number, sent: number): Promise<void> {
  await using store = await openPoints({ folder, policy: loadPolicy(), maxSeries: 1000, counters: allocateCounters() });
  const reader = store.reader();
  const series = await reader.select({ glob: 'load.*' }, 1000);
  const until = sent + 50;
  const rows = await reader.read({ series, from: BASE + (from - 1) * STEP, until: BASE + until * STEP, now: Date.now(), maxPoints: 1e9 });
  if (synced > from) assert.equal(rows.length, SERIES);
  for (const row of rows) {
    const number = Number(row.name.slice('load.s'.length));
    for (let i = 0; i < row.values.length; i++) {
      const known = row.values[i] === row.values[i];
      if (known || from + i < synced) assert.equal(row.values[i], valueAt(number, from + i), `${row.name}, slot ${from + i}`);
    }
  }
  assert.deepEqual((await store.stats()).damage, []);
  await reader[Symbol.asyncDispose]();
}

void test(`${CYCLES} times kill -9 under load lose nothing that was synced, and never damage anything`, { timeout: 60_000 + CYCLES * 10_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-kill-'));
  let slot = 0;
  try {
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const { synced, sent } = await loadAndKill(folder, slot, Math.round(((cycle * 0.618) % 1) * LONGEST));
      await check(folder, Math.max(0, slot - 100), synced, sent);
      slot = synced;
    }
    assert.ok(slot > CYCLES, 'the load wrote something');
    await check(folder, 0, slot, slot);
    for await (const { file, problems } of verifyPoints(folder)) assert.deepEqual(problems, [], file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
