import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { killRounds } from '../../kill-rounds.fixture.ts';
import { allocateCounters, readCounters } from '../../../core/counters.ts';
import { jobsContract, told, type JobsPlace } from '../contract.suite.ts';
import { SqliteJobsStore } from './sqlite-jobs-store.ts';

function makePlace(): JobsPlace & { folder: string; counters: SharedArrayBuffer; open(now?: number): SqliteJobsStore } {
  const folder = mkdtempSync(join(tmpdir(), 'heed-jobs-'));
  const counters = allocateCounters();
  return {
    folder,
    counters,
    open: (now) => new SqliteJobsStore(folder, counters, now),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

jobsContract('sqlite', makePlace);

describe('sqlite jobs store', () => {
  it('makes no file before the first job', async () => {
    await using place = makePlace();
    await using store = place.open();
    assert.deepEqual([await store.jobs(null), await store.endOverdue(Date.now()), await store.remove(1, 'a')], [[], [], false]);
    await store.prune(Date.now());
    assert.deepEqual(readdirSync(place.folder), []);
    await store.checkIn(told());
    assert.equal(readCounters(place.counters)['jobs.check_ins'], 1);
  });

  it('keeps every run that was answered through kill -9', async () => {
    await using place = makePlace();
    const answered = await killRounds(new URL('./kill.fixture.ts', import.meta.url), place.folder);
    await using store = place.open();
    const [{ id: job }] = await store.jobs(1);
    for (const number of answered) assert.equal((await store.run(job, number.toString(16).padStart(32, '0')))?.status, 'ok', `run ${number}`);
  });

  it('begins anew when its file is damaged, and says so', async () => {
    await using place = makePlace();
    writeFileSync(join(place.folder, 'jobs.db'), 'this is no database. '.repeat(500));
    await using store = place.open();
    await store.checkIn(told());
    assert.equal((await store.jobs(1)).length, 1);
    assert.match(store.damage[0].what, /put aside/);
  });
});
