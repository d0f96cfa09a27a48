import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { EventAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import type { JobAnswer, RunAnswer } from '../../src/api/contract-jobs.ts';
import { runHeed } from '../harness/heed.ts';
import { dsnOf, runClient, startSentryServer } from '../harness/sentry.ts';
import { eventually, temporaryFolder, type RunningServer } from '../harness/server.ts';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));

function script(t: TestContext, name: string, text: string): string {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const runOf = async (server: RunningServer, slug: string, failed: number, query = ''): Promise<RunAnswer> => {
  const { runs } = await server.json<JobAnswer>(`/api/v1/jobs/default/${slug}`);
  return eventually(
    () => server.json<RunAnswer>(`/api/v1/jobs/default/${slug}/runs/${runs[0].id}${query}`),
    ({ errors }) => errors.listed >= failed,
  );
};

for (const generation of [7, 9, 11]) {
  test(`what fails in heed job with @sentry/node ${generation} is told by input file and record`, async (t) => {
    await using server = await startSentryServer();
    const path = script(
      t,
      'import-orders.cjs',
      `const Sentry = require('${MODULES}sentry-node-${generation}');
       Sentry.init({ initialScope: { tags: { job: process.env.HEED_JOB_NAME, 'job.run': process.env.HEED_JOB_RUN } } });
       for (const [file, record, value] of [['a.csv', 7, 'x'], ['a.csv', 19, 'y'], ['b.csv', 1, 'z']])
         Sentry.withScope((scope) => {
           scope.setContext('job', { file, record });
           try { if (file === 'a.csv') throw new TypeError('no date: ' + value); throw new RangeError('no customer'); } catch (error) { Sentry.captureException(error); }
         });
       Sentry.flush(5000).then(() => process.exit(1));`,
    );
    const { code, stderr } = await runHeed(['job', '--file', 'a.csv', 'b.csv', '--', process.execPath, path], { url: server.url });
    assert.equal(code, 1, stderr);
    const { errors, run } = await runOf(server, 'import-orders', 3);
    assert.deepEqual([run.status, errors.events], ['error', 3]);
    assert.deepEqual(errors.files, [
      { file: 'a.csv', events: 2, records: 2, issues: 1 },
      { file: 'b.csv', events: 1, records: 1, issues: 1 },
    ]);
    assert.deepEqual(
      errors.records.map(({ file, record, title }) => [file, record, title]),
      [
        ['a.csv', '7', 'TypeError: no date: x'],
        ['a.csv', '19', 'TypeError: no date: y'],
        ['b.csv', '1', 'RangeError: no customer'],
      ],
    );
    assert.equal((await runOf(server, 'import-orders', 3, '?file=b.csv')).errors.records.length, 1);
    const search = async (query: string): Promise<number> => (await server.json<IssuesAnswer>(`/api/v1/issues?query=${encodeURIComponent(query)}`)).total;
    assert.deepEqual(
      [await search('job:import-orders'), await search(`job.run:${run.id}`), await search('job.file:b.csv'), await search('job:other')],
      [2, 2, 1, 0],
    );
    const { shortId, eventId } = errors.records[2];
    const { job } = await server.json<EventAnswer>(`/api/v1/issues/${shortId}/events/${eventId}`);
    assert.deepEqual(job, { slug: 'import-orders', run: run.id, file: 'b.csv', record: '1' });
  });
}

test('what Sentry.withMonitor runs is a run, and errors in it are found by its trace', async (t) => {
  await using server = await startSentryServer();
  const path = script(
    t,
    'cron.cjs',
    `const Sentry = require('${MODULES}sentry-node-9');
     Sentry.init({ dsn: process.argv[3] });
     try {
       Sentry.withMonitor('nightly', () => { if (process.argv[2] === 'fails') { Sentry.captureException(new Error('inside')); throw new Error('inside'); } },
         { schedule: { type: 'crontab', value: '0 2 * * *' }, timezone: 'Europe/Berlin', maxRuntime: 5 });
     } catch {}
     Sentry.flush(5000).then(() => process.exit(0));`,
  );
  await runClient(process.execPath, [path, 'goes well'], dsnOf(server));
  await runClient(process.execPath, [path, 'fails'], dsnOf(server));
  const { job, runs } = await eventually(
    () => server.json<JobAnswer>('/api/v1/jobs/default/nightly'),
    (answer) => answer.runs.every(({ status }) => status !== 'in_progress') && answer.runs.length === 2,
  );
  assert.deepEqual(
    runs.map(({ status }) => status),
    ['error', 'ok'],
  );
  assert.deepEqual([job.settings.schedule, job.settings.mostRuntimeMinutes, job.state], ['0 2 * * *', 5, 'failing']);
  const { errors } = await runOf(server, 'nightly', 1);
  assert.deepEqual(
    errors.issues.map(({ title }) => title),
    ['Error: inside'],
  );
  assert.equal(errors.events, 1);
});

test('a program without an SDK tells of records that failed', async (t) => {
  await using server = await startSentryServer();
  const heed = fileURLToPath(new URL('../../bin/heed', import.meta.url));
  const path = script(t, 'import.sh', `${heed} job record --file a.csv --record 17 'no such customer' && exit 2`);
  assert.equal((await runHeed(['job', '--', 'sh', path], { url: server.url })).code, 2);
  const { errors } = await runOf(server, 'import', 1);
  assert.deepEqual(
    errors.records.map(({ file, record, title }) => [file, record, title]),
    [['a.csv', '17', 'no such customer']],
  );
});
