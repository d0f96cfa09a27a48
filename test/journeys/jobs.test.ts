import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import type { JobAnswer, JobsAnswer, RunAnswer } from '../../src/api/contract-jobs.ts';
import { runHeed } from '../harness/heed.ts';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import { eventually, HEED, renderValues, temporaryFolder } from '../harness/server.ts';
import { rmSync } from 'node:fs';

test('heed job runs a command, passes its output and exit code on, and tells how it went', async () => {
  await using server = await startSentryServer();
  const script = `console.log('one ü'); console.error('two'); process.exit(3)`;
  const { code, stdout, stderr } = await runHeed(['job', '--name', 'nightly', '--file', 'a.csv', 'b.csv', '--', process.execPath, '-e', script], {
    url: server.url,
  });
  assert.equal(code, 3);
  assert.equal(stdout, 'one ü\n');
  const [, run] = /^two\n✗ job nightly ended with 3 after \d+ s {2}http:\S+\/jobs\/1\/nightly\/runs\/([0-9a-f]{32})\n$/.exec(stderr) ?? assert.fail(stderr);
  const answer = await server.json<RunAnswer>(`/api/v1/jobs/default/nightly/runs/${run}`);
  const { status, exitCode, files, environment, command, host } = answer.run;
  assert.deepEqual([status, exitCode, files, environment], ['error', 3, ['a.csv', 'b.csv'], 'production']);
  assert.ok(command.endsWith(script) && host !== '');
  assert.ok(answer.output.includes('one ü\n') && answer.output.includes('two\n'));
  assert.equal(answer.job.state, 'failing');
  assert.equal((await runHeed(['jobs'], { url: server.url })).code, 1);
  assert.equal((await runHeed(['job', '--name', 'nightly', '--', 'true'], { url: server.url })).code, 0);
  const listed = await runHeed(['jobs'], { url: server.url });
  assert.match(listed.stdout, /^✓ {2}default\/nightly {2}ok .*\/jobs\/default\/nightly\n$/);
  assert.match((await runHeed(['jobs', 'default/nightly'], { url: server.url })).stdout, /^✓ {2}ok[^\n]+\n✗ {2}error/);
  await eventually(
    () => renderValues(server, 'jobs.default.nightly.error'),
    (values) => values.includes(1),
  );
});

test('a program without an SDK counts records from within its run', async () => {
  await using server = await startSentryServer();
  const script = `${HEED} job count --ok 7 --failed 1 && ${HEED} job record --file a.csv --record 17 'no such customer'`;
  const { code, stderr } = await runHeed(['job', '--name', 'import', '--', 'sh', '-c', script], { url: server.url });
  assert.equal(code, 0, stderr);
  const { runs } = await server.json<JobAnswer>('/api/v1/jobs/default/import');
  assert.deepEqual([runs[0].status, runs[0].ok, runs[0].failed, runs[0].total], ['ok', 7, 1, null]);
  assert.equal((await runHeed(['job', 'count', '--ok', '1'], { url: server.url })).code, 2);
});

test('without a server the command runs all the same, with one line of warning', async () => {
  const { code, stdout, stderr } = await runHeed(['job', '--', 'sh', '-c', 'echo ran; exit 4'], { url: 'http://127.0.0.1:1' });
  assert.deepEqual([code, stdout], [4, 'ran\n']);
  assert.match(stderr, /^heed: the run is not told of, and goes on: cannot reach [^\n]+\n$/);
  assert.equal((await runHeed(['job', '--', './not-there'], { url: 'http://127.0.0.1:1' })).code, 127);
  assert.equal((await runHeed(['job', '--name', 'a b', '--', 'true'])).code, 2);
});

test('a signal reaches the command of a job, and the run ends as an error', async () => {
  await using server = await startSentryServer();
  const child = spawn(HEED, ['job', '--name', 'slow', '--', process.execPath, '-e', `console.log('up'); setInterval(() => {}, 1000)`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, HEED_URL: server.url },
  });
  await once(child.stdout, 'data');
  assert.equal((await server.json<JobsAnswer>('/api/v1/jobs')).jobs[0].running, 1);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 143);
  assert.equal((await server.json<JobsAnswer>('/api/v1/jobs')).jobs[0].runs[0].status, 'error');
});

test('curl tells of runs; what was told outlives a kill, and jobs can be changed and removed', async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  {
    await using server = await startSentryServer({ folder });
    const told = async (query: string, body?: object): Promise<number> =>
      (await fetch(`${server.url}/api/1/cron/backup/${KEY}/?${query}`, body && { method: 'POST', body: JSON.stringify(body) })).status;
    assert.equal(await told('status=in_progress'), 202);
    assert.equal(await told('status=ok&environment=staging&duration=2.5'), 202);
    const config = { schedule: { type: 'crontab', value: '0 2 * * *' }, timezone: 'Europe/Berlin', checkin_margin: 10 };
    assert.equal(await told('status=ok', { monitor_config: config }), 202);
    await server.stop('SIGKILL');
  }
  await using server = await startSentryServer({ folder });
  const { job, runs } = await server.json<JobAnswer>('/api/v1/jobs/default/backup');
  assert.deepEqual(
    runs.map(({ environment, status }) => [environment, status]),
    [
      ['staging', 'ok'],
      ['production', 'ok'],
    ],
  );
  assert.deepEqual([job.settings.schedule, job.settings.timezone, job.settings.marginMinutes], ['0 2 * * *', 'Europe/Berlin', 10]);
  const put = (body: object): Promise<Response> =>
    fetch(`${server.url}/api/v1/jobs/default/backup`, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  assert.equal((await put({ schedule: 'often' })).status, 400);
  assert.equal((await put({ schedule: 'every 2 hours', muted: true })).status, 200);
  assert.equal((await server.json<JobAnswer>('/api/v1/jobs/default/backup')).job.state, 'muted');
  assert.equal((await fetch(`${server.url}/api/v1/jobs/default/backup`, { method: 'DELETE' })).status, 200);
  assert.deepEqual((await server.json<JobsAnswer>('/api/v1/jobs')).jobs, []);
});
