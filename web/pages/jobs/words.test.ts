import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunAnswer } from '../../../src/api/contract-jobs.ts';
import { recordsOf, runAsMarkdown, took, wentOf } from './words.ts';

test('how a run went says what is peculiar about it', () => {
  const run = { status: 'ok' as const, timedOut: false, exitCode: null, failed: null };
  assert.equal(wentOf(run).text, 'ok');
  assert.deepEqual(wentOf({ ...run, failed: 1 }), { state: 'warn', text: 'ok, 1 record failed' });
  assert.deepEqual(wentOf({ ...run, timedOut: true }), { state: 'warn', text: 'ok, too slow' });
  assert.deepEqual(wentOf({ ...run, status: 'error', exitCode: 3 }), { state: 'bad', text: 'failed with 3' });
});

test('times and records are told as far as they are known', () => {
  assert.deepEqual([took(612.4), took(61_000)], ['612 ms', '1 min 1 s']);
  assert.deepEqual(
    [recordsOf({ ok: null, failed: null, total: null }), recordsOf({ ok: 1200, failed: 3, total: 5000 }), recordsOf({ ok: null, failed: null, total: 7 })],
    ['', '1,200 ok, 3 failed of 5,000', 'none yet of 7'],
  );
});

test('what failed can be pasted', () => {
  const answer = {
    job: { name: 'Import' },
    run: { id: 'ab', status: 'error', timedOut: false, exitCode: 1, failed: 1, started: 0, durationMs: 1500, command: 'import a.csv' },
    errors: { records: [{ file: 'a|b.csv', record: '7', title: 'no\ndate', shortId: 'SHOP-1', events: 1, eventId: '' }], allRecords: 3 },
  } as unknown as RunAnswer;
  const text = runAsMarkdown(answer, 'http://x/jobs');
  assert.match(text, /^## Import: failed with 1\n\nRun ab of 1970-01-01T00:00:00.000Z, 1 s\. http:\/\/x\/jobs\n\n {4}import a\.csv\n/);
  assert.ok(text.includes('| a\\|b.csv | 7 | no date | SHOP-1 |\n\n2 more.\n'));
});
