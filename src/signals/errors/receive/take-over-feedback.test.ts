import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allocateCounters } from '../../../core/counters.ts';
import { openCatalog } from '../../../store/catalog/sqlite/open-catalog.ts';
import { openFacts } from '../../../store/facts/sqlite/open-facts.ts';
import { openFeedback } from '../../../store/feedback/sqlite/sqlite-feedback-store.ts';
import { takeOverFeedback } from './take-over-feedback.ts';

test('feedback that an earlier version kept as facts moves into the list, once, also when it was stopped half way', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-take-over-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const counters = allocateCounters();
  await using facts = openFacts(folder, counters);
  await using feedback = openFeedback(folder, counters);
  await using catalog = openCatalog(folder);
  const tags = { project: 'default' };
  for (let i = 0; i < 1100; i++)
    assert.ok(
      facts.add({
        kind: 'feedback',
        time: 1000 + Math.floor(i / 3),
        title: 'x',
        text: `message ${i}`,
        tags,
        data: { name: 'Eve', email: 'e@x.org', eventId: 'ab' },
      }),
    );
  facts.add({ kind: 'feedback', time: 900, title: 'x', text: 'of a project that is gone', tags: { project: 'gone' }, data: {} });
  facts.add({ kind: 'log', time: 950, title: 'x', text: 'a log line', tags, data: {} });
  await facts.sync();
  // The first time it does not come to its end.
  let left = 300;
  const stopped = { add: async (told: Parameters<typeof feedback.add>[0]) => (left-- > 0 ? feedback.add(told) : Promise.reject(new Error('killed'))) };
  await assert.rejects(takeOverFeedback({ facts, feedback: stopped, catalog }), /killed/);
  await takeOverFeedback({ facts, feedback, catalog });
  await takeOverFeedback({ facts, feedback, catalog });
  const all = await feedback.list({ project: 1, limit: 5000 });
  assert.deepEqual([all.length, new Set(all.map(({ message }) => message)).size], [1100, 1100]);
  assert.deepEqual(
    all.map(({ time }) => time),
    all.map(({ time }) => time).toSorted((a, b) => b - a),
    'the newest are the first of the list',
  );
  const { message, name, email, eventId, time, state } = all.find((one) => one.message === 'message 7') ?? assert.fail();
  assert.deepEqual([message, name, email, eventId, time, state], ['message 7', 'Eve', 'e@x.org', 'ab', 1002, 'open']);
  assert.deepEqual(
    (await facts.find({ limit: 10 })).map(({ kind }) => kind),
    ['log'],
  );
});
