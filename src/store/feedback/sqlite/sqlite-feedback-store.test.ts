import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { allocateCounters, readCounters } from '../../../core/counters.ts';
import { feedbackContract, type FeedbackPlace, written } from '../contract.suite.ts';
import { SqliteFeedbackStore } from './sqlite-feedback-store.ts';

function makePlace(): FeedbackPlace & { folder: string; counters: SharedArrayBuffer; open(most?: number): SqliteFeedbackStore } {
  const folder = mkdtempSync(join(tmpdir(), 'heed-feedback-'));
  const counters = allocateCounters();
  return {
    folder,
    counters,
    open: (most) => new SqliteFeedbackStore(folder, counters, most),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

feedbackContract('sqlite', makePlace);

describe('sqlite feedback store', () => {
  it('makes no file before the first feedback, and counts what makes room', async () => {
    await using place = makePlace();
    await using store = place.open(1);
    assert.deepEqual(
      [await store.list({ project: null, limit: 1 }), await store.totals(null), await store.find(1)],
      [[], { open: 0, resolved: 0, spam: 0 }, undefined],
    );
    assert.deepEqual([await store.change([1], 'spam', '', 1), await store.remove(1)], [[], false]);
    assert.deepEqual(readdirSync(place.folder), []);
    for (const key of ['a', 'b']) await store.add(written({ key }));
    assert.equal(readCounters(place.counters)['feedback.dropped.too_many'], 1);
  });

  it('keeps all that was answered through kill -9', async () => {
    await using place = makePlace();
    const answered: number[] = [];
    for (let round = 1; round <= 3; round++) {
      const child = fork(new URL('./kill.fixture.ts', import.meta.url), [place.folder, String(round * 100_000)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      await new Promise<void>((resolve) => {
        let seen = 0;
        child.on('message', (id: number) => {
          answered.push(id);
          if (++seen === 100) resolve();
        });
      });
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await using store = place.open();
    for (const id of answered) assert.equal((await store.find(id))?.state, 'resolved', `feedback ${id}`);
  });

  it('begins anew when its file is damaged, and says so', async () => {
    await using place = makePlace();
    writeFileSync(join(place.folder, 'feedback.db'), 'this is no database. '.repeat(500));
    await using store = place.open();
    await store.add(written());
    assert.equal((await store.list({ project: 1, limit: 9 })).length, 1);
    assert.match(store.damage[0].what, /put aside/);
  });
});
