import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Fact } from '../../core/fact.ts';
import type { FactsStore } from './facts-store.ts';

/** A place for facts that survives closing; `open` opens the same data again each time. */
export interface FactsPlace extends AsyncDisposable {
  open(): FactsStore;
}

/** A fact for tests, with what a test says of it. */
export function makeFact(part: Partial<Fact> = {}): Fact {
  return { kind: 'event', time: 1000, title: 'deployed', text: '', tags: {}, data: {}, ...part };
}

const titles = async (store: FactsStore, question: Partial<Parameters<FactsStore['find']>[0]> = {}): Promise<string[]> =>
  (await store.find({ limit: 100, ...question })).map(({ title }) => title);

/** What every facts store must do. */
export function factsContract(name: string, makePlace: () => FactsPlace): void {
  describe(`facts contract: ${name}`, () => {
    it('gives back what was taken, whatever it holds', async () => {
      await using place = makePlace();
      await using store = place.open();
      const text = fc.string({ unit: 'grapheme', maxLength: 30 });
      const fact = fc.record({
        kind: fc.constant('event'),
        time: fc.integer({ min: 0, max: 4e12 }),
        title: text,
        text,
        tags: fc.dictionary(text, text, { maxKeys: 4 }),
        data: fc.dictionary(text, fc.jsonValue({ depthSize: 'small' }) as fc.Arbitrary<unknown>, { maxKeys: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(fact, async (given) => {
          assert.equal(store.add(given), true);
          const [{ id, ...found }] = (await store.find({ limit: 100, from: given.time, until: given.time + 1, tags: given.tags })).toSorted(
            (a, b) => b.id - a.id,
          );
          assert.ok(id > 0);
          // JSON has neither null prototypes nor -0.
          assert.deepEqual(found, JSON.parse(JSON.stringify(given)));
        }),
        { numRuns: 50 },
      );
    });

    it('lists newest first, and of equal times the later taken first', async () => {
      await using place = makePlace();
      await using store = place.open();
      for (const [title, time] of [
        ['b', 2000],
        ['a', 1000],
        ['c', 3000],
        ['b later', 2000],
      ] as const)
        store.add(makeFact({ title, time }));
      assert.deepEqual(await titles(store), ['c', 'b later', 'b', 'a']);
      assert.deepEqual(await titles(store, { limit: 2 }), ['c', 'b later']);
    });

    it('finds by kind, by time and by tags together', async () => {
      await using place = makePlace();
      await using store = place.open();
      for (let i = 0; i < 20; i++) {
        store.add(
          makeFact({ title: `${i}`, time: i * 1000, kind: i % 2 ? 'event' : 'check', tags: { host: i % 3 ? 'web' : 'db', env: i < 10 ? 'test' : 'live' } }),
        );
      }
      assert.deepEqual(await titles(store, { kind: 'check', from: 4000, until: 8000 }), ['6', '4'], 'from is inclusive, until exclusive');
      assert.deepEqual(await titles(store, { tags: { host: 'db' }, from: 6000 }), ['18', '15', '12', '9', '6']);
      assert.deepEqual(await titles(store, { tags: { host: 'db', env: 'live' }, kind: 'event' }), ['15']);
      assert.deepEqual(await titles(store, { tags: { host: 'nowhere' } }), []);
    });

    it('finds one by its number', async () => {
      await using place = makePlace();
      await using store = place.open();
      for (const title of ['a', 'b', 'c']) store.add(makeFact({ title, kind: title === 'c' ? 'check' : 'event' }));
      const [c, b] = await store.find({ limit: 3 });
      assert.deepEqual(await store.find({ id: b.id, limit: 1 }), [b]);
      assert.deepEqual(await store.find({ id: c.id, kind: 'event', limit: 1 }), []);
      assert.deepEqual(await store.find({ id: c.id + 1, limit: 1 }), []);
    });

    it('tells tags apart that read the same when joined', async () => {
      await using place = makePlace();
      await using store = place.open();
      store.add(makeFact({ title: 'one', tags: { 'a=b': 'c' } }));
      store.add(makeFact({ title: 'two', tags: { a: 'b=c' } }));
      assert.deepEqual(await titles(store, { tags: { a: 'b=c' } }), ['two']);
    });

    it('has everything again after closing', async () => {
      await using place = makePlace();
      {
        await using store = place.open();
        for (let i = 0; i < 1000; i++) store.add(makeFact({ title: `${i}`, time: i, text: 'x'.repeat(1000) }));
      }
      await using store = place.open();
      assert.equal((await store.find({ limit: 5000 })).length, 1000);
    });

    it('forgets what is older, of one kind or of all', async () => {
      await using place = makePlace();
      await using store = place.open();
      for (let i = 0; i < 10; i++) store.add(makeFact({ title: `${i}`, time: i, kind: i % 2 ? 'event' : 'check', tags: { n: 'x' } }));
      assert.equal(await store.removeBefore(6, 'event'), 3);
      assert.deepEqual(await titles(store, { tags: { n: 'x' } }), ['9', '8', '7', '6', '4', '2', '0']);
      assert.equal(await store.removeBefore(8), 5);
      assert.deepEqual(await titles(store), ['9', '8']);
    });

    it('refuses what is too large or has no time, and goes on', async () => {
      await using place = makePlace();
      await using store = place.open();
      assert.equal(store.add(makeFact({ text: 'x'.repeat(1_000_001) })), false);
      assert.equal(store.add(makeFact({ time: NaN })), false);
      assert.equal(store.add(makeFact({ data: { big: 1n } })), false);
      assert.equal(store.add(makeFact({ title: 'good' })), true);
      assert.deepEqual(await titles(store), ['good']);
    });

    it('has a bound: what comes faster than it is written is refused', async () => {
      await using place = makePlace();
      await using store = place.open();
      let taken = 0;
      while (store.add(makeFact({ time: taken })) && taken < 1_000_000) taken++;
      assert.ok(taken >= 1000 && taken < 1_000_000, `${taken} taken`);
      await store.sync();
      assert.equal(store.add(makeFact({ title: 'again' })), true);
    });

    it('bounds an answer by its bytes too', async () => {
      await using place = makePlace();
      await using store = place.open();
      for (let i = 0; i < 30; i++) store.add(makeFact({ time: i, text: 'x'.repeat(900_000) }));
      const found = await store.find({ limit: 100 });
      assert.ok(found.length >= 10 && found.length < 30, String(found.length));
      assert.equal(found[0].time, 29);
    });

    it('answers nothing where nothing is', async () => {
      await using place = makePlace();
      await using store = place.open();
      assert.deepEqual(await store.find({ limit: 10 }), []);
      assert.equal(await store.removeBefore(1), 0);
      await store.sync();
    });
  });
}
