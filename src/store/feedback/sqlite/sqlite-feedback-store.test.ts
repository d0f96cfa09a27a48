import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { killRounds } from '../../kill-rounds.fixture.ts';
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
    const answered = await killRounds(new URL('./kill.fixture.ts', import.meta.url), place.folder);
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
