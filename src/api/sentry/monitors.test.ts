import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDeps } from '../deps.fixture.ts';
import { buildApi } from '../server.ts';

const HOST = { host: '127.0.0.1:4400' };

test('monitors are made, changed, listed and removed as Sentry has them', async (t) => {
  const deps = await makeDeps(t);
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object): Promise<{ status: number; body: any }> => {
    const answer = await app.inject({ method, url: `/api/0${url}`, payload, headers: HOST });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
  const config = { schedule_type: 'interval', schedule: [2, 'hour'], checkin_margin: 5, timezone: 'Europe/Berlin' };
  const made = await ask('POST', '/organizations/acme/monitors/', { project: 'default', name: 'Nightly Backup', config });
  assert.deepEqual([made.status, made.body.slug, made.body.config.schedule], [201, 'nightly-backup', [2, 'hour']]);
  const changed = await ask('PUT', '/projects/acme/default/monitors/nightly-backup/', {
    isMuted: true,
    config: { schedule: '0 2 * * *', schedule_type: 'crontab' },
  });
  assert.deepEqual([changed.body.isMuted, changed.body.config.schedule, changed.body.config.checkin_margin], [true, '0 2 * * *', 5]);
  assert.equal((await ask('PUT', '/organizations/acme/monitors/nightly-backup/', { config: { schedule: 'often' } })).status, 400);
  const time = Date.now();
  for (let i = 0; i < 3; i++)
    await deps.jobs.checkIn({
      project: 1,
      slug: 'nightly-backup',
      status: i === 2 ? 'error' : 'ok',
      environment: 'production',
      time: time + i,
      durationMs: 1500,
    });
  const first = await app.inject({ url: '/api/0/organizations/acme/monitors/nightly-backup/checkins/?per_page=2', headers: HOST });
  const [, cursor] = /results="true"; cursor="([^"]+)"/.exec(String(first.headers.link)) ?? assert.fail(String(first.headers.link));
  assert.deepEqual(
    first.json<{ status: string; duration: number }[]>().map(({ status, duration }) => [status, duration]),
    [
      ['error', 1500],
      ['ok', 1500],
    ],
  );
  assert.equal((await ask('GET', `/organizations/acme/monitors/nightly-backup/checkins/?per_page=2&cursor=${cursor}`)).body.length, 1);
  const [listed] = (await ask('GET', '/organizations/acme/monitors/?project=-1')).body;
  assert.deepEqual([listed.slug, listed.environments[0].status, listed.project.slug], ['nightly-backup', 'error', 'default']);
  assert.equal((await ask('DELETE', '/organizations/acme/monitors/nightly-backup/')).status, 202);
  assert.equal((await ask('GET', '/organizations/acme/monitors/nightly-backup/')).status, 404);
});
