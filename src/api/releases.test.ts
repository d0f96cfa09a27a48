import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { NewSessions } from '../store/errors/sessions.ts';
import type { ReleaseAnswer, ReleasesAnswer } from './contract-releases.ts';
import { makeDeps } from './deps.fixture.ts';
import { newEvent, THEN } from './issues/new-event.fixture.ts';
import { buildApi } from './server.ts';

const HOUR = 3_600_000;
const LATER = THEN + HOUR;

const counted = (release: string, started: number, healthy: number, crashed = 0, part: { environment?: string; user?: string } = {}): NewSessions => ({
  project: 1,
  release,
  environment: 'production',
  started,
  user: '',
  counts: { healthy, errored: 0, unhandled: 0, abnormal: 0, crashed },
  ...part,
});

/** A shop whose version 1.4.1 crashes ten times as often as 1.4.0, with a new issue and one that was resolved. */
async function build(t: TestContext): Promise<<Answer>(url: string, status?: number) => Promise<Answer>> {
  const deps = await makeDeps(t);
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  const { errors, catalog } = deps;
  const [{ issue }] = await errors.add([newEvent(1, 'TypeError: x is undefined', 'add')]);
  await errors.change([issue], { do: 'resolve', until: { inRelease: 'shop@1.4.0' } }, 'ann');
  const now = Date.now();
  await errors.add([
    newEvent(2, 'TypeError: x is undefined', 'add', { release: 'shop@1.4.1', timestamp: now }),
    newEvent(3, 'RangeError: too far', 'go', { release: 'shop@1.4.1', timestamp: now }),
  ]);
  await errors.addSessions([
    counted('shop@1.4.0', THEN, 995, 5),
    counted('shop@1.4.1', LATER, 285, 15, { user: 'ann' }),
    counted('shop@1.4.1', LATER, 10, 0, { environment: 'staging' }),
  ]);
  await catalog.releases.save('shop@1.4.1', {
    projects: [1],
    commits: [{ id: 'a'.repeat(40), repository: 'https://github.com/acme/shop', message: 'Pay', author: 'Ann', email: '', time: undefined, files: [] }],
  });
  await catalog.releases.save('shop@2/next', { projects: [1] });
  await catalog.releases.addDeploy('shop@1.4.1', { environment: 'production', name: '', url: '', started: undefined, finished: now });
  return async <Answer>(url: string, status = 200): Promise<Answer> => {
    const answer = await app.inject({ url: `/api/v1/releases${url}`, headers: { host: '127.0.0.1:4400' } });
    assert.equal(answer.statusCode, status, answer.body);
    return answer.json<Answer>();
  };
}

test('releases are listed with what they had and a verdict, in any order', async (t) => {
  const ask = await build(t);
  const { releases, total, environments } = await ask<ReleasesAnswer>('');
  assert.deepEqual([total, environments], [3, ['production', 'staging']]);
  assert.deepEqual(
    releases.map(({ version, sessions, crashFreeSessions, newIssues, regressedIssues, verdict }) => [
      version,
      sessions,
      crashFreeSessions === null ? null : Math.round(crashFreeSessions * 100) / 100,
      newIssues,
      regressedIssues,
      verdict.kind,
      verdict.before,
    ]),
    [
      ['shop@2/next', 0, null, 0, 0, 'unknown', 'shop@1.4.1'],
      ['shop@1.4.1', 310, 95.16, 1, 1, 'worse', 'shop@1.4.0'],
      ['shop@1.4.0', 1000, 99.5, 1, 0, 'first', ''],
    ],
  );
  const [, release] = releases;
  assert.match(
    release.verdict.words,
    /^Worse than shop@1\.4\.0: crash-free sessions 95\.1 % against 99\.5 % \(310 sessions in the first \d hours? of each\), 1 new issue, 1 regressed$/,
  );
  assert.deepEqual([release.projects, release.deploys.map(({ environment }) => environment)], [['default'], ['production']]);
  assert.equal(Math.round(release.adoption ?? 0), 24);
  const versions = async (query: string): Promise<string[]> => (await ask<ReleasesAnswer>(query)).releases.map(({ version }) => version);
  assert.deepEqual(await versions('?sort=crash_free&limit=2'), ['shop@1.4.1', 'shop@1.4.0']);
  assert.deepEqual(await versions('?sort=sessions'), ['shop@1.4.0', 'shop@1.4.1', 'shop@2/next']);
  assert.deepEqual(await versions('?environment=staging'), ['shop@1.4.1']);
  assert.deepEqual(await versions('?project=default&sort=adoption'), ['shop@1.4.0', 'shop@1.4.1', 'shop@2/next']);
  await ask('?sort=colour', 400);
  await ask('?project=none', 404);
});

test('a release tells its hours, issues, commits and deploys', async (t) => {
  const ask = await build(t);
  const answer = await ask<ReleaseAnswer>('/shop%401.4.1?environment=production&from=-6h');
  const { hours, outcomes, issues, commits, deploys } = answer;
  const at = (LATER - hours.start) / HOUR;
  assert.deepEqual([hours.step, hours.sessions[at], hours.crashed[at], hours.crashFree[at], hours.crashFree[at - 1]], [HOUR, 300, 15, 95, null]);
  assert.deepEqual([hours.crashFreeBefore[at - 1], hours.adoption[at], hours.adoption[at - 1]], [99.5, 100, 0]);
  assert.deepEqual(outcomes, { healthy: 285, errored: 0, unhandled: 0, abnormal: 0, crashed: 15 });
  assert.equal(answer.release.crashFreeUsers, 0);
  assert.deepEqual(
    Object.entries(issues).map(([what, { total, items }]) => [what, total, ...items.map(({ title }) => title)]),
    [
      ['new', 1, 'RangeError: too far'],
      ['regressed', 1, 'TypeError: x is undefined'],
      ['resolved', 0],
    ],
  );
  assert.equal(commits[0].link, `https://github.com/acme/shop/commit/${'a'.repeat(40)}`);
  assert.equal(deploys[0].environment, 'production');
  assert.equal((await ask<ReleaseAnswer>('/shop%402%2Fnext')).release.verdict.words, 'No sessions to judge by: no new issues');
  await ask('/shop@9', 404);
});
