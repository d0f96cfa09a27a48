import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { JobsStore, NewCheckIn, RunClue } from './jobs-store.ts';

/** A place for jobs that survives closing; `open` opens the same data again, as a process does that begins then. */
export interface JobsPlace extends AsyncDisposable {
  open(now?: number): JobsStore;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Thursday. */
const NOON = Date.parse('2026-11-26T12:00:00Z');

const id = (name: string): string => Buffer.from(name.padEnd(16, '.')).toString('hex').slice(0, 32);

export const told = (part: Partial<NewCheckIn> = {}): NewCheckIn => ({
  project: 1,
  slug: 'nightly',
  status: 'in_progress',
  environment: 'production',
  time: NOON,
  ...part,
});

const HOURLY = { schedule: { kind: 'crontab', crontab: '0 * * * *' }, marginMinutes: 5, mostRuntimeMinutes: 30 } as const;

async function only(store: JobsStore): Promise<{ job: number; state: string; expected: number | null; running: number; statuses: string[] }> {
  const [{ id: job, environments }] = await store.jobs(null);
  const [{ state, expected, running }] = environments;
  const runs = await store.runs({ job, limit: 1000 });
  return { job, state, expected, running, statuses: runs.map(({ status }) => status).toReversed() };
}

/** What every store of jobs must do. */
export function jobsContract(name: string, makePlace: () => JobsPlace): void {
  describe(`jobs contract: ${name}`, () => {
    it('keeps a run from its begin to its end, with what is told of it', async () => {
      await using place = makePlace();
      {
        await using store = place.open();
        await store.checkIn(
          told({ id: id('a'), details: { command: 'import.js a.csv', files: ['a.csv', 'a.csv', 'b.csv'], host: 'web1' }, release: 'shop@1' }),
        );
        assert.deepEqual((await only(store)).running, 1);
        const counted = await store.checkIn(told({ id: id('a'), time: NOON + 1000, details: { ok: 7, failed: 1 } }));
        assert.deepEqual([counted.ended, counted.newRecords], [false, { ok: 7, failed: 1 }]);
        const ended = await store.checkIn(
          told({ id: id('a'), status: 'error', time: NOON + 2000, details: { ok: 9, failed: 1, output: 'Error: x', exitCode: 3 } }),
        );
        assert.deepEqual([ended.ended, ended.turned, ended.newRecords], [true, 'failing', { ok: 2, failed: 0 }]);
      }
      await using store = place.open();
      const { job, state, running } = await only(store);
      assert.deepEqual([state, running], ['failing', 0]);
      const { number, ...run } = (await store.run(job, id('a'))) ?? assert.fail();
      assert.ok(number > 0);
      assert.deepEqual(run, {
        id: id('a'),
        job,
        environment: 'production',
        status: 'error',
        timedOut: false,
        unwatched: false,
        started: NOON,
        ended: NOON + 2000,
        durationMs: 2000,
        command: 'import.js a.csv',
        host: 'web1',
        release: 'shop@1',
        trace: '',
        files: ['a.csv', 'b.csv'],
        ok: 9,
        failed: 1,
        total: null,
        exitCode: 3,
      });
      assert.equal(await store.output(job, id('a')), 'Error: x');
    });

    it('takes what has no id for the run in progress that began last, or for a whole one', async () => {
      await using place = makePlace();
      await using store = place.open();
      await store.checkIn(told({ status: 'ok', durationMs: 5000 }));
      await store.checkIn(told({ time: NOON + 1 }));
      await store.checkIn(told({ time: NOON + 2, environment: 'staging' }));
      await store.checkIn(told({ time: NOON + 3 }));
      await store.checkIn(told({ status: 'error', time: NOON + 4 }));
      const { job } = await only(store);
      const runs = await store.runs({ job, limit: 10 });
      assert.deepEqual(
        runs.map(({ environment, status, started, durationMs }) => [environment, status, started - NOON, durationMs]),
        [
          ['production', 'error', 3, 1],
          ['staging', 'in_progress', 2, null],
          ['production', 'in_progress', 1, null],
          ['production', 'ok', -5000, 5000],
        ],
      );
      const [newest] = runs;
      assert.deepEqual(
        (await store.runs({ job, limit: 1, before: newest.number, environment: 'production' })).map(({ started }) => started),
        [NOON + 1],
      );
    });

    it('ends a run once, in whatever order it is told and however often', async () => {
      const events = fc.array(fc.record({ run: fc.constantFrom('a', 'b'), status: fc.constantFrom('in_progress' as const, 'ok' as const, 'error' as const) }), {
        maxLength: 12,
      });
      await fc.assert(
        fc.asyncProperty(events, async (list) => {
          await using place = makePlace();
          await using store = place.open();
          let ends = 0;
          for (const [index, { run, status }] of list.entries()) if ((await store.checkIn(told({ id: id(run), status, time: NOON + index }))).ended) ends++;
          for (const run of ['a', 'b']) {
            const end = list.find((one) => one.run === run && one.status !== 'in_progress');
            const job = (await store.jobs(1))[0]?.id ?? 0;
            const expected = list.some((one) => one.run === run) ? (end?.status ?? 'in_progress') : undefined;
            assert.equal((await store.run(job, id(run)))?.status, expected);
            if (end) ends--;
          }
          assert.equal(ends, 0);
        }),
        { numRuns: 25 },
      );
    });

    it('misses a run that does not begin in time, once for each time', async () => {
      await using place = makePlace();
      await using store = place.open(NOON - HOUR);
      await store.checkIn(told({ status: 'ok', settings: HOURLY }));
      assert.equal((await only(store)).expected, NOON + HOUR);
      assert.deepEqual(await store.endOverdue(NOON + HOUR + 4 * MINUTE), []);
      const [missed, ...others] = await store.endOverdue(NOON + HOUR + 5 * MINUTE);
      assert.deepEqual(
        [missed.run.status, missed.run.started, missed.run.unwatched, missed.turned, others.length],
        ['missed', NOON + HOUR, false, 'failing', 0],
      );
      assert.deepEqual(await store.endOverdue(NOON + HOUR + 6 * MINUTE), []);
      assert.equal((await store.endOverdue(NOON + 2 * HOUR + 5 * MINUTE)).length, 1);
      const back = await store.checkIn(told({ status: 'ok', time: NOON + 3 * HOUR }));
      assert.equal(back.turned, 'recovered');
      assert.deepEqual((await only(store)).statuses, ['ok', 'missed', 'missed', 'ok']);
    });

    it('ends a run that takes too long; it has the last word itself all the same', async () => {
      await using place = makePlace();
      await using store = place.open(NOON - HOUR);
      await store.checkIn(told({ id: id('a'), settings: HOURLY }));
      // It says that it goes on.
      await store.checkIn(told({ id: id('a'), time: NOON + 20 * MINUTE }));
      assert.deepEqual(await store.endOverdue(NOON + 40 * MINUTE), []);
      const [slow] = await store.endOverdue(NOON + 50 * MINUTE);
      assert.deepEqual([slow.run.status, slow.run.timedOut, slow.run.ended], ['timeout', true, NOON + 50 * MINUTE]);
      assert.deepEqual(await store.endOverdue(NOON + 51 * MINUTE), []);
      const { run, turned } = await store.checkIn(told({ id: id('a'), status: 'ok', time: NOON + 55 * MINUTE }));
      assert.deepEqual([run.status, run.timedOut, run.durationMs, turned], ['ok', true, 55 * MINUTE, 'recovered']);
    });

    it('after a restart neither forgets a miss nor tells it twice, and says that Heed did not run', async () => {
      await using place = makePlace();
      {
        await using store = place.open(NOON - HOUR);
        await store.checkIn(told({ status: 'ok', settings: HOURLY }));
        await store.endOverdue(NOON + 10 * MINUTE);
      }
      const began = NOON + 4 * HOUR + 30 * MINUTE;
      {
        await using store = place.open(began);
        // What was planned while Heed did not run may still be told.
        assert.deepEqual(await store.endOverdue(began + 4 * MINUTE), []);
        const ended = await store.endOverdue(began + 5 * MINUTE);
        assert.deepEqual(
          ended.map(({ run }) => [run.status, run.unwatched, run.started]),
          [['missed', true, NOON + HOUR]],
        );
        assert.equal((await only(store)).expected, NOON + 5 * HOUR);
      }
      await using store = place.open(began + 6 * MINUTE);
      assert.deepEqual(await store.endOverdue(began + 20 * MINUTE), []);
      assert.equal((await store.endOverdue(NOON + 5 * HOUR + 5 * MINUTE)).length, 1);
    });

    it('misses nothing of what is muted or has no schedule', async () => {
      await using place = makePlace();
      await using store = place.open(NOON - HOUR);
      await store.checkIn(told({ status: 'ok', slug: 'by-hand' }));
      await store.checkIn(told({ status: 'ok', settings: HOURLY }));
      await store.save(1, 'nightly', { muted: true });
      assert.deepEqual(await store.endOverdue(NOON + 10 * HOUR), []);
      assert.equal((await store.job(1, 'nightly'))?.muted, true);
    });

    it('changes what is given of a job and refuses what is no schedule', async () => {
      await using place = makePlace();
      await using store = place.open();
      await store.save(2, 'backup', { schedule: { kind: 'interval', every: 1, unit: 'day' }, name: 'Backup' });
      const { settings, name, environments } = await store.save(2, 'backup', { failureThreshold: 3 });
      assert.deepEqual([name, settings.failureThreshold, settings.schedule, environments], ['Backup', 3, { kind: 'interval', every: 1, unit: 'day' }, []]);
      await assert.rejects(store.save(2, 'backup', { schedule: { kind: 'crontab', crontab: 'often' } }), { code: 'bad_schedule' });
      assert.equal((await store.job(2, 'backup'))?.settings.schedule?.kind, 'interval');
    });

    it('removes jobs with their runs, and all of a project', async () => {
      await using place = makePlace();
      await using store = place.open();
      const { run } = await store.checkIn(told({ id: id('a'), details: { output: 'x' } }));
      await store.checkIn(told({ project: 2 }));
      assert.equal(await store.remove(1, 'nightly'), true);
      assert.equal(await store.remove(1, 'nightly'), false);
      assert.deepEqual([await store.run(run.job, run.id), await store.output(run.job, run.id)], [undefined, '']);
      await store.removeProject(2);
      assert.deepEqual(await store.jobs(null), []);
    });

    it('finds the run of an event where it is the only one that may be meant', async () => {
      await using place = makePlace();
      const [trace, other] = ['1'.repeat(32), '2'.repeat(32)];
      {
        await using store = place.open();
        await store.checkIn(told({ id: id('a'), trace }));
        await store.checkIn(told({ id: id('b'), slug: 'import' }));
        await store.checkIn(told({ id: id('c'), slug: 'import' }));
        await store.checkIn(told({ id: id('d'), slug: 'import', environment: 'staging' }));
      }
      await using store = place.open();
      const find = (clue: Partial<RunClue>, project = 1): string | undefined => store.runOf(project, { environment: 'production', ...clue }, NOON)?.run;
      assert.equal(find({ run: id('b') }), id('b'));
      assert.equal(find({ slug: 'never-heard-of', run: id('z') }), id('z'));
      assert.equal(find({ run: id('z') }), undefined);
      assert.equal(find({ slug: 'nightly' }), id('a'));
      assert.equal(find({ slug: 'import' }), undefined);
      assert.equal(find({ slug: 'import', environment: 'staging' }), id('d'));
      assert.equal(find({ trace }), id('a'));
      assert.equal(find({ trace: other }), undefined);
      assert.equal(find({ trace }, 2), undefined);
      await store.checkIn(told({ id: id('b'), slug: 'import', status: 'ok', time: NOON + 1 }));
      assert.equal(find({ slug: 'import' }), id('c'));
    });

    it('keeps so many runs of a job and so many jobs of a project', async () => {
      await using place = makePlace();
      await using store = place.open();
      for (let i = 0; i < 1000; i++) await store.save(1, `job-${i}`, {});
      await assert.rejects(store.save(1, 'more', {}), { code: 'too_many_jobs' });
      await assert.rejects(store.checkIn(told()), { code: 'too_many_jobs', status: 429 });
      await store.checkIn(told({ project: 2 }));
      await store.checkIn(told({ slug: 'job-1', status: 'ok', time: NOON - 500 * 24 * HOUR }));
      await store.checkIn(told({ slug: 'job-1', status: 'ok' }));
      await store.prune(NOON);
      const { id: job } = (await store.job(1, 'job-1')) ?? assert.fail();
      assert.equal((await store.runs({ job, limit: 10 })).length, 1);
    });
  });
}
