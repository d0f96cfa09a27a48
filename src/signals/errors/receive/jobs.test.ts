import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { allocateCounters } from '../../../core/counters.ts';
import type { Fact } from '../../../core/fact.ts';
import { openCatalog } from '../../../store/catalog/sqlite/open-catalog.ts';
import type { EventRow } from '../../../store/errors/sqlite/event-row.ts';
import { SqliteJobsStore } from '../../../store/jobs/sqlite/sqlite-jobs-store.ts';
import { Jobs } from './jobs.ts';

const NOON = Date.parse('2026-11-26T12:00:00Z');
const MINUTE = 60_000;
const RUN = 'a'.repeat(32);

function open(t: TestContext): { jobs: Jobs; sums: Record<string, number>; facts: Fact[] } {
  const folder = mkdtempSync(join(tmpdir(), 'heed-jobs-'));
  const store = new SqliteJobsStore(folder, allocateCounters(), NOON - 60 * MINUTE);
  const catalog = openCatalog(folder);
  const sums: Record<string, number> = {};
  const facts: Fact[] = [];
  const add = (name: string, value = 1): void => void (sums[name] = (sums[name] ?? 0) + value);
  const jobs = new Jobs({
    jobs: store,
    catalog,
    facts: { add: (fact) => facts.push(fact) > 0 },
    numbers: { sum: add, sample: ({ name, value }) => add(name, value) },
  });
  t.after(async () => {
    await jobs.stop();
    await store[Symbol.asyncDispose]();
    await catalog[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  return { jobs, sums, facts };
}

const told = { project: 1, slug: 'nightly', environment: 'production', time: NOON } as const;

test('runs are numbers, and those that are missed are told and counted without anybody saying so', async (t) => {
  const { jobs, sums, facts } = open(t);
  const settings = { schedule: { kind: 'crontab', crontab: '0 * * * *' } } as const;
  await jobs.checkIn({ ...told, id: RUN, status: 'in_progress', settings, details: { ok: 5 } }, 'default');
  await jobs.checkIn({ ...told, id: RUN, status: 'ok', time: NOON + 1500, details: { ok: 7, failed: 1 } }, 'default');
  assert.deepEqual(
    { ...sums },
    {
      'jobs.default.nightly.records.ok': 7,
      'jobs.default.nightly.records.failed': 1,
      'jobs.default.nightly.ok': 1,
      'jobs.default.nightly.ms': 1500,
    },
  );
  await jobs.look(NOON + 59 * MINUTE);
  assert.equal(facts.length, 0);
  await jobs.look(NOON + 61 * MINUTE);
  await jobs.look(NOON + 62 * MINUTE);
  assert.equal(sums['jobs.default.nightly.missed'], 1);
  assert.deepEqual(
    facts.map(({ title, tags }) => [title, tags.project]),
    [['nightly: missed', 'default']],
  );
});

test('an event is tied to its run, and can be searched for by it', async (t) => {
  const { jobs } = open(t);
  await jobs.checkIn({ ...told, id: RUN, status: 'in_progress' }, 'default');
  const row = (clue: EventRow['clue']): EventRow => ({ project: 1, environment: '', tags: [['job', 'as it said']], clue }) as EventRow;
  const events = [row({ slug: 'nightly', file: 'a.csv', record: '7' }), row({ trace: 'b'.repeat(32), file: '', record: '' }), row(undefined)];
  jobs.tie(events, NOON);
  assert.deepEqual(
    events.map(({ job }) => job),
    [{ slug: 'nightly', run: RUN, file: 'a.csv', record: '7' }, undefined, undefined],
  );
  assert.deepEqual(events[0].tags, [
    ['job', 'as it said'],
    ['job.run', RUN],
    ['job.file', 'a.csv'],
  ]);
  assert.ok(!('clue' in events[0]));
});
