import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import type { NewEvent } from '../errors-store.ts';
import { DAY, type ErrorsPlace, HOUR, makeEvent, md5, only, search } from './world.ts';

/** Counts over time, of tags, and that all of them agree. */
export function countingContract(makePlace: () => ErrorsPlace): void {
  it('counts over time, by level, environment and release, of a project and of an issue', async () => {
    await using place = makePlace();
    await using store = place.open();
    const start = Math.floor(Date.now() / DAY) * DAY - 2 * DAY;
    const at = (about: string, hour: number, release: string): NewEvent => makeEvent(about, { timestamp: start + hour * HOUR + 5, release });
    const [{ issue }] = await store.add([at('a', 0, 'x'), at('a', 1, 'y'), at('b', 1, 'x'), at('b', 26, 'x')]);
    const question = { project: 1, from: start, until: start + 2 * DAY, step: DAY };
    assert.deepEqual(await store.counts(question), { start, step: DAY, rows: [{ name: '', events: [3, 1] }], newIssues: [2, 0] });
    const ofA = await store.counts({ ...question, issue, step: HOUR, until: start + 2 * HOUR, by: 'release' });
    assert.deepEqual(
      ofA.rows.toSorted((a, b) => a.name.localeCompare(b.name)),
      [
        { name: 'x', events: [1, 0] },
        { name: 'y', events: [0, 1] },
      ],
    );
    assert.deepEqual(ofA.newIssues, [1, 0]);
    assert.deepEqual((await store.counts({ ...question, by: 'level' })).rows, [{ name: 'error', events: [3, 1] }]);
    await assert.rejects(store.counts({ ...question, step: 5000 }), { code: 'bad_step' });
  });

  it('counts tags, of many values all together', async () => {
    await using place = makePlace();
    await using store = place.open();
    const events = Array.from({ length: 1200 }, (_, i) =>
      makeEvent(undefined, {
        tags: [
          ['order', `n${i}`],
          ['shop', i % 3 ? 'north' : 'south'],
        ],
      }),
    );
    const [{ issue }] = await store.add(events);
    const tags = await store.tags(issue, 2);
    assert.deepEqual(
      tags.find(({ key }) => key === 'shop')?.values.map(({ value, count }) => [value, count]),
      [
        ['north', 800],
        ['south', 400],
      ],
    );
    const order = await store.tagValues(issue, 'order', 5000);
    assert.equal(order.total, 1200);
    assert.equal(order.values.length, 1000);
    assert.deepEqual(await store.tagValues(issue, 'nothing', 5), { key: 'nothing', total: 0, values: [] });
  });

  it('keeps no hourly counts of issues for ever, but those of projects', async () => {
    await using place = makePlace();
    await using store = place.open();
    const long = Date.now() - 500 * DAY;
    const [{ issue }] = await store.add([makeEvent('a', { timestamp: long }), makeEvent('a')]);
    const old = { project: 1, from: long - DAY, until: long + DAY, step: DAY };
    const events = async (part: { issue?: number }): Promise<number> =>
      (await store.counts({ ...old, ...part })).rows[0].events.reduce((sum, count) => sum + count, 0);
    assert.deepEqual([await events({}), await events({ issue })], [1, 1]);
    await store.prune(0, 1e9);
    assert.deepEqual([await events({}), await events({ issue })], [1, 0]);
    assert.equal((await only(store)).eventsInWindow, 1);
  });

  it('counts as many events as are kept or were forgotten, whatever is done', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('add' as const),
          about: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }),
          age: fc.nat(90),
        }),
      },
      fc.record({ do: fc.constant('merge' as const), into: fc.nat(5), from: fc.nat(5) }),
      fc.record({ do: fc.constant('unmerge' as const), about: fc.nat(5) }),
      fc.record({ do: fc.constant('prune' as const), age: fc.nat(90) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        await using place = makePlace();
        await using store = place.open();
        const now = Date.now();
        const issueOf = async (about: number): Promise<number | undefined> => {
          const { issues } = await store.issues(search({ limit: 100 }));
          for (const { id } of issues) if ((await store.hashes(id)).some(({ hash }) => hash === md5(`Error: ${about}`))) return id;
          return undefined;
        };
        let [added, forgotten] = [0, 0];
        const users = new Set<number>();
        for (const step of steps) {
          if (step.do === 'add') {
            added += step.about.length;
            for (const about of step.about) users.add(about);
            await store.add(
              step.about.map((about) =>
                makeEvent(`Error: ${about}`, { timestamp: now - step.age * HOUR, user: { id: String(about) }, tags: [['about', `${about}`]] }),
              ),
            );
          } else if (step.do === 'prune') forgotten += await store.prune(now - step.age * HOUR, 1e9);
          else if (step.do === 'merge') {
            const [into, from] = [await issueOf(step.into), await issueOf(step.from)];
            if (into !== undefined && from !== undefined) await store.merge(into, [from], 'ann');
          } else {
            const issue = await issueOf(step.about);
            if (issue !== undefined && (await store.hashes(issue)).length > 1) await store.unmerge(issue, [md5(`Error: ${step.about}`)], 'ann');
          }
        }
        const { issues } = await store.issues(search({ limit: 100, from: now - 100 * DAY, sort: 'freq' }));
        const sum = (numbers: number[]): number => numbers.reduce((all, number) => all + number, 0);
        assert.equal((await store.sizes()).events, added - forgotten);
        assert.equal(sum(issues.map(({ events }) => events)), added);
        assert.equal(sum(issues.map(({ eventsInWindow }) => eventsInWindow)), added);
        assert.equal(sum(issues.flatMap(({ trend }) => trend)), added);
        assert.equal(sum(issues.map(({ users }) => users)), users.size);
        assert.equal(sum(issues.map(({ usersInWindow }) => usersInWindow)), users.size);
        for (const { id, events } of issues) {
          assert.equal((await store.tagValues(id, 'about', 10)).total, events);
          assert.equal(sum((await store.hashes(id)).map(({ events }) => events)), events);
          const kept = await store.events({ issue: id, terms: [], limit: 1000 });
          assert.equal((await store.event(id, 'latest'))?.kept ?? 0, kept.events.length);
          for (const [i, { eventId }] of kept.events.entries()) assert.equal((await store.event(id, eventId))?.place, kept.events.length - i);
        }
        const counts = await store.counts({ project: 1, from: now - 100 * DAY, until: now + HOUR, step: DAY });
        assert.equal(sum(counts.rows[0].events), added);
      }),
      { numRuns: 15 },
    );
  });
}
