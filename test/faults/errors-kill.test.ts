import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { allocateCounters } from '../../src/core/counters.ts';
import { openErrors } from '../../src/store/errors/sqlite/open-errors.ts';

/** How often the writing process is killed; hundreds by HEED_KILL_CYCLES. */
const CYCLES = Number(process.env.HEED_KILL_CYCLES ?? 10);
const LONGEST = 300;
const APART = 1_000_000;

void test(`${CYCLES} times kill -9 lose no error and no session that was taken, and counts stay right`, { timeout: 60_000 + CYCLES * 10_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-errors-kill-'));
  const taken = new Set<number>();
  try {
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const child = fork(new URL('../../src/store/errors/sqlite/kill.fixture.ts', import.meta.url), [folder, String((cycle + 1) * APART)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child.on('message', (numbers: number[]) => {
        for (const number of numbers) taken.add(number);
      });
      await once(child, 'message');
      await wait(Math.round(((cycle * 0.618) % 1) * LONGEST));
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    await using store = openErrors(folder, allocateCounters());
    for (const number of taken) {
      const found = await store.eventById(1, number.toString(16).padStart(32, '0'));
      assert.deepEqual(found?.event.extra, { text: `text of ${number} `.repeat(40) }, `event ${number}`);
    }
    const { events } = await store.sizes();
    assert.ok(events >= taken.size && taken.size > CYCLES, `${events} of ${taken.size}`);
    const { issues } = await store.issues({ project: 1, terms: [], sort: 'freq', from: 0, until: Date.now() + 1000, slots: 1, limit: 100 });
    assert.equal(issues.length, 7);
    const sum = (numbers: number[]): number => numbers.reduce((all, number) => all + number, 0);
    assert.equal(sum(issues.map((issue) => issue.events)), events);
    assert.equal(sum(issues.map(({ eventsInWindow }) => eventsInWindow)), events);
    for (const { id, users } of issues) assert.equal(users, (await store.tagValues(id, 'user', 1000)).values.length);
    const { totals } = (await store.sessions({ project: 1, from: Date.now() - 86_400_000, until: Date.now() + 3_600_000, by: [] })).rows[0];
    assert.ok(totals.sessions >= taken.size && totals.sessions <= events, `${totals.sessions} sessions of ${taken.size}`);
    assert.equal(totals.users, 50);
    assert.deepEqual(store.damage, []);
  } finally {
    const database = new DatabaseSync(join(folder, 'errors', 'errors.db'), { readOnly: true });
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
