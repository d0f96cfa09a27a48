import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import type { ErrorsStore } from '../errors-store.ts';
import { type ErrorsPlace, makeEvent, md5, only, titles } from './world.ts';

const idsOf = async (store: ErrorsStore, trace: string, around: number, limit = 100): Promise<string[]> =>
  (await store.eventsOfTrace({ trace, around, limit })).map(({ eventId }) => eventId);

/** Which events happened in one trace. */
export function tracesContract(makePlace: () => ErrorsPlace): void {
  it('finds the events of a trace nearest to a time, in order, whatever else there is', async () => {
    await using place = makePlace();
    await using store = place.open();
    const start = Date.now() - 1_000_000;
    const some = fc.array(fc.record({ trace: fc.integer({ min: 0, max: 2 }), at: fc.integer({ min: 0, max: 500 }), project: fc.integer({ min: 1, max: 2 }) }), {
      maxLength: 30,
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 5 }), async (said, around, limit) => {
        round++;
        const traceOf = (trace: number): string => md5(`trace ${round} ${trace}`);
        const events = said.map(({ trace, at, project }) =>
          makeEvent('any', { timestamp: start + at }, { project, ...(trace > 0 && { trace: traceOf(trace) }) }),
        );
        await store.add(events);
        const mine = events.filter(({ trace }) => trace === traceOf(1)).toSorted((a, b) => a.event.timestamp - b.event.timestamp);
        const before = mine.filter(({ event }) => event.timestamp <= start + around).slice(-limit);
        const after = mine.filter(({ event }) => event.timestamp > start + around).slice(0, limit);
        const expected = [...before, ...after].map(({ event, project }) => `${event.timestamp} ${project}`);
        const found = await store.eventsOfTrace({ trace: traceOf(1), around: start + around, limit });
        assert.deepEqual(found.map(({ time, project }) => `${time} ${project}`).toSorted(), expected.toSorted());
        assert.deepEqual(
          found.map(({ time }) => time),
          found.map(({ time }) => time).toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('tells of each what it was and to which issue it belongs, also after a restart and a merge', async () => {
    await using place = makePlace();
    const [trace, time] = [md5('a trace'), Date.now() - 5000];
    {
      await using store = place.open();
      await store.add([
        makeEvent('first', { timestamp: time, level: 'fatal' }, { trace, title: 'The first', culprit: 'here' }),
        makeEvent('second', { timestamp: time + 10 }, { trace, project: 2, slug: 'api' }),
        makeEvent('elsewhere', { timestamp: time }, { trace: md5('another') }),
      ]);
    }
    await using store = place.open();
    const [first, second, ...more] = await store.eventsOfTrace({ trace, around: time, limit: 10 });
    assert.deepEqual(more, []);
    assert.deepEqual({ ...first, issue: 0, eventId: '' }, { project: 1, issue: 0, eventId: '', time, level: 'fatal', title: 'The first', culprit: 'here' });
    assert.deepEqual([second.project, second.title], [2, 'second']);
    assert.equal((await store.eventById(1, first.eventId))?.issue, first.issue);
    const other = await store.issueByShortId('SHOP-2');
    await store.merge(other?.id ?? 0, [first.issue], 'ann');
    assert.equal((await store.eventsOfTrace({ trace, around: time, limit: 1 }))[0].issue, other?.id);
  });

  it('searches for the issues of a trace', async () => {
    await using place = makePlace();
    await using store = place.open();
    const trace = md5('a trace');
    const contexts = { trace: { trace_id: trace } };
    await store.add([makeEvent('in it', { contexts }, { trace }), makeEvent('in it'), makeEvent('not in it'), makeEvent('of others', {}, { trace: md5('b') })]);
    assert.deepEqual(await titles(store, `trace:${trace}`), ['in it']);
    assert.deepEqual(await titles(store, `!trace:${trace}`), ['not in it', 'of others']);
    assert.deepEqual(await titles(store, `trace:${md5('nobody')}`), []);
    await assert.rejects(titles(store, 'trace:12'), { code: 'bad_search' });
    const [{ issue }] = await store.eventsOfTrace({ trace, around: Date.now(), limit: 1 });
    const terms = [{ key: 'trace', operator: '=', value: trace, not: false }] as const;
    assert.equal((await store.events({ issue, terms, limit: 10 })).events.length, 1);
  });

  it('forgets them with their events and issues', async () => {
    await using place = makePlace();
    await using store = place.open();
    const trace = md5('a trace');
    await store.add([makeEvent('a', {}, { trace })]);
    assert.equal((await idsOf(store, trace, Date.now())).length, 1);
    await store.removeIssues([(await only(store)).id]);
    assert.deepEqual(await idsOf(store, trace, Date.now()), []);
    await store.add([makeEvent('b', {}, { trace })]);
    await store.prune(Date.now() + 1000, 1000);
    assert.deepEqual(await idsOf(store, trace, Date.now()), []);
  });
}
