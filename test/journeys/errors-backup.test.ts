import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allocateCounters } from '../../src/core/counters.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { backUpData, restoreData, verifyData } from '../../src/data-folder.ts';
import { bundleOf, piecesOf } from '../../src/store/artifacts/bundle.fixture.ts';
import { openArtifacts } from '../../src/store/artifacts/folder/open-artifacts.ts';
import { makeEvent } from '../../src/store/errors/contract/world.ts';
import { openErrors } from '../../src/store/errors/sqlite/open-errors.ts';
import { written } from '../../src/store/feedback/contract.suite.ts';
import { openFeedback } from '../../src/store/feedback/sqlite/sqlite-feedback-store.ts';
import { openPoints } from '../../src/store/points/embedded/open.ts';

void test('a backup made while errors are written has them, their source maps and what users wrote, and gives them back', async () => {
  const base = mkdtempSync(join(tmpdir(), 'heed-errors-backup-'));
  const [data, backup, restored] = ['data', 'backup', 'restored'].map((name) => join(base, name));
  try {
    const event = makeEvent('kept');
    {
      await using points = await openPoints({ folder: join(data, 'points'), policy: defaultPolicy(), maxSeries: 1000, counters: allocateCounters() });
      await using store = openErrors(data, allocateCounters());
      await store.add([event]);
      const { checksum, chunks, pieces } = piecesOf(bundleOf([{ type: 'source_map', url: '~/a.js.map', content: '{}' }]));
      await openArtifacts(data).addChunk(chunks[0], pieces[0]);
      await openArtifacts(data).assemble({ checksum, chunks, projects: [1], release: 'a', dist: '' });
      await openFeedback(data, allocateCounters()).add(written({ message: 'kept' }));
      await backUpData(points, data, backup);
      await store.add([makeEvent('later')]);
    }
    restoreData(backup, restored);
    const files = [];
    for await (const { file, problems } of verifyData(restored)) {
      files.push(file);
      assert.deepEqual(problems, [], file);
    }
    for (const name of [join('errors', 'errors.db'), 'feedback.db']) assert.ok(files.includes(name), name);
    await using feedback = openFeedback(restored, allocateCounters());
    assert.deepEqual(
      (await feedback.list({ project: 1, limit: 9 })).map(({ message }) => message),
      ['kept'],
    );
    await using store = openErrors(restored, allocateCounters());
    assert.deepEqual((await store.eventById(1, event.event.event_id))?.event, event.event);
    assert.equal((await store.sizes()).events, 1);
    assert.equal((await openArtifacts(restored).files({ project: 1, release: 'a', limit: 9 })).length, 1);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
});
