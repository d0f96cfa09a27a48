import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { crashFree, NO_SESSIONS, type NewSessions, OUTCOMES, type SessionCounts, type SessionOutcome, type SessionsQuestion } from '../sessions.ts';
import { DAY, type ErrorsPlace, HOUR, makeEvent, md5 } from './world.ts';

const NOW = Math.floor(Date.now() / HOUR) * HOUR;

type Told = Extract<NewSessions, { id: string }>;

const session = (name: string, part: Partial<Told> = {}): Told => ({
  project: 1,
  release: 'shop@1',
  environment: 'production',
  started: NOW - 5 * HOUR,
  user: '',
  id: md5(name),
  first: true,
  sequence: 0,
  outcome: 'healthy',
  ...part,
});

const counted = (counts: Partial<Record<SessionOutcome, number>>, part: Partial<Omit<Told, 'id' | 'first' | 'sequence' | 'outcome'>> = {}): NewSessions => {
  const { project, release, environment, started, user } = session('');
  const all = Object.fromEntries(OUTCOMES.map((name) => [name, counts[name] ?? 0])) as Record<SessionOutcome, number>;
  return { project, release, environment, started, user, counts: all, ...part };
};

const all: SessionsQuestion = { project: 1, from: NOW - DAY, until: NOW + HOUR, by: [] };

/** What is not 0. */
const some = (counts: SessionCounts | undefined): Partial<SessionCounts> =>
  Object.fromEntries(Object.entries(counts ?? NO_SESSIONS).filter(([, count]) => (count as number) > 0));

/** How many sessions there were, how they went, and whose they were. */
export function sessionsContract(makePlace: () => ErrorsPlace): void {
  it('counts a session once, in the hour in which it began, however late it is told that it crashed', async () => {
    await using place = makePlace();
    await using store = place.open();
    assert.deepEqual(await store.addSessions([session('a', { user: 'ann' }), session('b', { user: 'bob' })]), [{ project: 1, time: NOW - 5 * HOUR }]);
    const late = session('a', { user: 'ann', first: false, sequence: 9, outcome: 'crashed' });
    assert.deepEqual(await store.addSessions([late, { ...late, sequence: 3, outcome: 'healthy' }]), [{ project: 1, time: NOW - 5 * HOUR }]);
    const { rows, start, step } = await store.sessions({ ...all, step: HOUR });
    assert.deepEqual([start, step, rows.length, rows[0].series.length], [NOW - DAY, HOUR, 1, 25]);
    const told = { sessions: 2, crashed: 1, users: 2, usersErrored: 1, usersCrashed: 1 };
    assert.deepEqual(some(rows[0].totals), told);
    assert.deepEqual(
      rows[0].series.map(some),
      rows[0].series.map((_, i) => (i === 19 ? told : {})),
    );
    assert.deepEqual(crashFree(rows[0].totals), { sessions: 50, users: 50 });
    assert.deepEqual(crashFree(NO_SESSIONS), { sessions: undefined, users: undefined });
    await assert.rejects(store.sessions({ ...all, step: 5000 }), { code: 'bad_step' });
  });

  it('counts what is told of sessions alike, in whatever order it comes and however often', async () => {
    const updates = fc.array(
      fc.record({ name: fc.constantFrom('a', 'b', 'c'), sequence: fc.nat(5), outcome: fc.constantFrom(...OUTCOMES), first: fc.boolean() }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(updates, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (given, dice) => {
        const told = given.map(({ name, ...part }) => session(name, part));
        const again = [...told, ...told.slice(0, 3)].map((one) => ({ one, at: dice.next().value as number })).toSorted((a, b) => a.at - b.at);
        const sums: unknown[] = [];
        for (const order of [told.map((one) => [one]), [again.map(({ one }) => one)]]) {
          await using place = makePlace();
          await using store = place.open();
          for (const batch of order) await store.addSessions(batch);
          sums.push(some((await store.sessions(all)).rows[0]?.totals));
        }
        assert.deepEqual(sums[0], sums[1]);
        const names = new Set(given.filter(({ first }) => first).map(({ name }) => name));
        assert.equal((sums[0] as Partial<SessionCounts>).sessions ?? 0, names.size);
      }),
      { numRuns: 15 },
    );
  });

  it('keeps apart projects, releases and environments, and sums what is asked for', async () => {
    await using place = makePlace();
    {
      await using store = place.open();
      await store.addSessions([
        counted({ healthy: 90, errored: 6, crashed: 4 }, { started: NOW - 2 * HOUR }),
        counted({ healthy: 10 }, { release: 'shop@2', started: NOW }),
        counted({ healthy: 5, unhandled: 1, abnormal: 1 }, { environment: 'staging', user: 'ann' }),
        counted({ healthy: 1 }, { project: 2 }),
      ]);
    }
    await using store = place.open();
    assert.deepEqual(
      (await store.sessions({ ...all, by: ['release'] })).rows.map(({ release, environment, totals }) => [release, environment, totals.sessions]),
      [
        ['shop@1', '', 107],
        ['shop@2', '', 10],
      ],
    );
    assert.deepEqual(some((await store.sessions({ ...all, environment: 'staging' })).rows[0].totals), {
      sessions: 7,
      unhandled: 1,
      abnormal: 1,
      users: 1,
      usersErrored: 1,
      usersUnhandled: 1,
      usersAbnormal: 1,
    });
    const byBoth = await store.sessions({ ...all, project: null, release: 'shop@1', by: ['project', 'environment'] });
    assert.deepEqual(
      byBoth.rows.map(({ project, environment, totals }) => [project, environment, totals.sessions]),
      [
        [1, 'production', 100],
        [1, 'staging', 7],
        [2, 'production', 1],
      ],
    );
    assert.deepEqual((await store.sessions({ ...all, release: 'nobody@1' })).rows, []);
  });

  it('tells releases apart in an hour up to a number, and counts the others together', async () => {
    await using place = makePlace();
    await using store = place.open();
    await store.addSessions(Array.from({ length: 520 }, (_, i) => counted({ healthy: 1 }, { release: `r@${i}` })));
    const { rows } = await store.sessions({ ...all, by: ['release'] });
    assert.equal(rows.length, 501);
    assert.deepEqual([rows[0].release, rows[0].totals.sessions], ['', 20]);
  });

  it('forgets sessions of long ago, and hours in the end', async () => {
    await using place = makePlace();
    await using store = place.open();
    const old = session('old', { started: NOW - 6 * DAY });
    await store.addSessions([old, counted({ healthy: 3 }, { started: NOW - 401 * DAY })]);
    await store.prune(0, 1e9);
    const ever = { ...all, from: NOW - 500 * DAY };
    assert.equal((await store.sessions(ever)).rows[0].totals.sessions, 1);
    await store.addSessions([{ ...old, first: false, sequence: 5, outcome: 'crashed' }]);
    assert.deepEqual(some((await store.sessions(ever)).rows[0].totals), { sessions: 1 });
  });

  it('forgets the releases of a project that is gone, and no others', async () => {
    await using place = makePlace();
    await using store = place.open();
    await store.addSessions([session('a'), counted({ crashed: 2 }, { project: 2, user: 'ann' }), counted({ healthy: 1 }, { user: 'bob' })]);
    await store.removeReleases(1);
    assert.deepEqual(
      (await store.sessions({ ...all, project: null, by: ['project'] })).rows.map(({ project, totals }) => [project, totals.crashed, totals.users]),
      [[2, 2, 1]],
    );
    const left = await store.releases({ project: null, from: NOW - DAY, until: NOW + DAY });
    assert.deepEqual(
      left.map(({ project }) => project),
      [2],
    );
    await store.addSessions([session('a')]);
    assert.equal((await store.releases({ project: 1, from: NOW - DAY, until: NOW + DAY })).length, 1);
  });

  it('tells which releases there are, and what became of issues in each', async () => {
    await using place = makePlace();
    await using store = place.open();
    const at = (hours: number): number => NOW - hours * HOUR;
    const [a, b, c] = await store.add([
      makeEvent('a', { timestamp: at(9), release: 'shop@1.0' }),
      makeEvent('b', { timestamp: at(9), release: 'shop@1.0' }),
      makeEvent('c', { timestamp: at(8), release: 'shop@1.0' }),
    ]);
    await store.change([a.issue], { do: 'resolve', until: { inRelease: 'shop@1.0' } }, 'ann');
    await store.change([b.issue], { do: 'resolve', until: { inNextRelease: true } }, 'ann');
    await store.change([c.issue], { do: 'resolve', until: { inCommit: 'abc' } }, 'ann');
    const later = Date.now() + 1000;
    const [, d] = await store.add([makeEvent('a', { timestamp: later, release: 'shop@1.1' }), makeEvent('d', { timestamp: later, release: 'shop@1.1' })]);
    await store.addSessions([counted({ healthy: 1 }, { release: 'shop@0.9', started: at(12) })]);
    const releases = await store.releases({ project: null, from: NOW - DAY, until: NOW + DAY });
    assert.deepEqual(
      releases.map(({ release, firstSeen, events, newIssues }) => [release, firstSeen, events, newIssues]),
      [
        ['shop@1.1', later, 2, 1],
        ['shop@1.0', at(9), 3, 3],
        ['shop@0.9', at(12), 0, 0],
      ],
    );
    assert.equal(releases[1].lastSeen, at(8));
    assert.deepEqual(
      releases.map(({ regressedIssues }) => regressedIssues),
      [1, 0, 0],
    );
    const only = await store.releases({ project: 1, release: 'shop@1.0', environment: 'none', from: NOW - DAY, until: NOW + DAY });
    assert.deepEqual(only, []);
    assert.deepEqual(await store.issuesOfRelease({ project: 1, release: 'shop@1.1', previous: 'shop@1.0', commits: ['abc'] }), {
      new: [d.issue],
      regressed: [a.issue],
      resolved: [c.issue, b.issue],
    });
  });
}
