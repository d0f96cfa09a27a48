import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewSessions } from '../../store/errors/sessions.ts';
import { makeDeps } from '../deps.fixture.ts';
import { buildApi } from '../server.ts';

const HOUR = 3_600_000;
const THEN = Math.floor(Date.now() / HOUR - 2) * HOUR;

test('sessions are told over time by release, environment and status', async (t) => {
  const deps = await makeDeps(t);
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  const counted = (release: string, started: number, healthy: number, crashed: number, user = ''): NewSessions => ({
    project: 1,
    release,
    environment: 'production',
    started,
    user,
    counts: { healthy, errored: 1, unhandled: 0, abnormal: 0, crashed },
  });
  await deps.errors.addSessions([counted('shop@1', THEN, 97, 2, 'ann'), counted('shop@1', THEN + HOUR, 9, 0), counted('shop@2', THEN, 3, 0)]);
  const ask = async (query: string, status = 200): Promise<any> => {
    const answer = await app.inject({ url: `/api/0/organizations/acme/sessions/?${query}`, headers: { host: '127.0.0.1:4400' } });
    assert.equal(answer.statusCode, status, answer.body);
    return answer.json();
  };
  const { groups, intervals, end } = await ask('field=sum(session)&field=crash_free_rate(session)&groupBy=release&statsPeriod=6h&interval=1h');
  const at = intervals.indexOf(new Date(THEN).toISOString().replace('.000Z', 'Z'));
  assert.ok(intervals.length >= 6 && Date.parse(end as string) > Date.now() - HOUR);
  assert.deepEqual(
    groups.map(({ by, totals, series }: any) => [
      by,
      totals['sum(session)'],
      series['sum(session)'].slice(at, at + 2),
      series['crash_free_rate(session)'].slice(at - 1, at + 1),
    ]),
    [
      [{ release: 'shop@1' }, 110, [100, 10], [null, 0.98]],
      [{ release: 'shop@2' }, 4, [4, 0], [null, 1]],
    ],
  );
  const byStatus = await ask('field=sum(session)&field=count_unique(user)&groupBy=session.status&query=release:shop@1&project=default&includeSeries=0');
  assert.deepEqual(
    byStatus.groups.map(({ by, totals, series }: any) => [by['session.status'], totals['sum(session)'], totals['count_unique(user)'], series]),
    [
      ['healthy', 106, 0, undefined],
      ['errored', 2, 0, undefined],
      ['unhandled', 0, 0, undefined],
      ['abnormal', 0, 0, undefined],
      ['crashed', 2, 1, undefined],
    ],
  );
  for (const bad of ['', 'field=sum(event)', 'field=sum(session)&groupBy=colour', 'field=sum(session)&interval=7h', 'field=sum(session)&query=level:error'])
    assert.match((await ask(bad, 400)).detail as string, /Invalid/);
});

test('releases tell of their health where they are asked to', async (t) => {
  const deps = await makeDeps(t);
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  await deps.catalog.releases.save('shop@1', { projects: [1] });
  const counts = { healthy: 97, errored: 1, unhandled: 0, abnormal: 0, crashed: 2 };
  await deps.errors.addSessions([{ project: 1, release: 'shop@1', environment: '', started: THEN, user: 'ann', counts }]);
  const ask = async (query: string): Promise<any> =>
    (await app.inject({ url: `/api/0/organizations/acme/releases/${query}`, headers: { host: '127.0.0.1:4400' } })).json();
  const [{ projects, adoptionStages }] = await ask('?health=1&adoptionStages=1&summaryStatsPeriod=24h');
  assert.equal(projects[0].hasHealthData, true);
  const { totalSessions, sessionsCrashed, crashFreeSessions, crashFreeUsers, sessionsAdoption, totalUsers } = projects[0].healthData;
  assert.deepEqual([totalSessions, sessionsCrashed, crashFreeSessions, crashFreeUsers, sessionsAdoption, totalUsers], [100, 2, 98, 0, 100, 1]);
  assert.equal(adoptionStages.default.stage, 'adopted');
  const plain = await ask('shop@1/');
  assert.deepEqual([plain.projects[0].healthData, plain.adoptionStages], [undefined, undefined]);
});
