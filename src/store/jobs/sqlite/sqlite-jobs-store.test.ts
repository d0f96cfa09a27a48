import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
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
    const answered: number[] = [];
    for (let round = 1; round <= 3; round++) {
      const child = fork(new URL('./kill.fixture.ts', import.meta.url), [place.folder, String(round * 100_000)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      await new Promise<void>((resolve) => {
        let seen = 0;
        child.on('message', (number: number) => {
          answered.push(number);
          if (++seen === 100) resolve();
        });
      });
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
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
