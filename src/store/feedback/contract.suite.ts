import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { FEEDBACK_STATES, type FeedbackState, type FeedbackStore, type NewFeedback } from './feedback-store.ts';

/** A place for feedback that survives closing; `open` opens the same data again. */
export interface FeedbackPlace extends AsyncDisposable {
  open(most?: number): FeedbackStore;
}

const NOON = Date.parse('2026-11-26T12:00:00Z');

export const written = (part: Partial<NewFeedback> = {}): NewFeedback => ({
  project: 1,
  key: 'a',
  time: NOON,
  message: 'It broke.',
  name: 'Eve',
  email: 'eve@example.org',
  url: 'https://shop.example.org/cart',
  eventId: '',
  ownId: '',
  environment: 'production',
  release: 'shop@1.4',
  browser: 'Firefox 143 on Linux',
  source: 'widget',
  ...part,
});

const ids = async (store: FeedbackStore, question: Partial<Parameters<FeedbackStore['list']>[0]> = {}): Promise<number[]> =>
  (await store.list({ project: null, limit: 100, ...question })).map(({ id }) => id);

/** What every store of feedback must do. */
export function feedbackContract(name: string, makePlace: () => FeedbackPlace): void {
  describe(`feedback contract: ${name}`, () => {
    it('keeps what was written, once, also after a start', async () => {
      await using place = makePlace();
      let id;
      {
        await using store = place.open();
        const first = await store.add(written());
        assert.deepEqual(await store.add(written({ message: 'again' })), { id: first.id, added: false });
        assert.equal((await store.add(written({ project: 2 }))).added, true, 'what is the same is so within a project');
        ({ id } = first);
      }
      await using store = place.open();
      const { key: _, ...rest } = written();
      assert.deepEqual(await store.find(id), { ...rest, id, state: 'open', changed: 0, changedBy: '', issue: 0 });
      assert.deepEqual([await store.find(id + 9), (await ids(store)).length], [undefined, 2]);
    });

    it('lists the newest first, by project, state, event and words, a page at a time', async () => {
      await using place = makePlace();
      await using store = place.open();
      const add = async (part: Partial<NewFeedback>): Promise<number> => (await store.add(written(part))).id;
      const a = await add({ key: 'a', message: 'The CART is empty, 100%' });
      const b = await add({ key: 'b', message: 'slow', name: 'Zoë_Q', email: '', eventId: 'e1' });
      const c = await add({ key: 'c', project: 2, message: 'cart', url: '' });
      assert.deepEqual([await ids(store), await ids(store, { project: 1 }), await ids(store, { before: b })], [[c, b, a], [b, a], [a]]);
      assert.deepEqual([await ids(store, { limit: 1 }), await ids(store, { eventId: 'e1' })], [[c], [b]]);
      for (const [words, found] of [
        [['cart'], [c, b, a]],
        [['CAR'], [c, b, a]],
        [['cart', 'empty'], [a]],
        [['100%'], [a]],
        [['zoe_q'], [b]],
        [['ZOË'], [b]],
        [['art'], []],
        [['eve@example'], [c, a]],
        [['"', "' OR 1=1 --"], []],
        [['NEAR(cart', '*'], []],
      ] as const)
        assert.deepEqual(await ids(store, { words }), found, words.join(' '));
      await store.remove(a);
      assert.deepEqual(await ids(store, { words: ['empty'] }), []);
    });

    it('settles, and says what was so before; nothing is told of what was so already', async () => {
      await using place = makePlace();
      await using store = place.open();
      const { id } = await store.add(written());
      const { id: other } = await store.add(written({ key: 'b' }));
      assert.deepEqual(await store.change([id, 99], 'spam', 'Ann', NOON + 1), [{ id, state: 'open' }]);
      assert.deepEqual(await store.change([id, other], 'spam', 'Bob', NOON + 2), [{ id: other, state: 'open' }]);
      const { state, changed, changedBy } = (await store.find(id)) ?? assert.fail();
      assert.deepEqual([state, changed, changedBy], ['spam', NOON + 1, 'Ann']);
      assert.deepEqual(
        [await store.totals(null), await store.totals(2)],
        [
          { open: 0, resolved: 0, spam: 2 },
          { open: 0, resolved: 0, spam: 0 },
        ],
      );
      assert.deepEqual([await store.remove(id), await store.remove(id), await ids(store)], [true, false, [other]]);
    });

    it('remembers whose events were', async () => {
      await using place = makePlace();
      await using store = place.open();
      const { id: a } = await store.add(written({ eventId: 'e1' }));
      const { id: b } = await store.add(written({ key: 'b', eventId: 'e2' }));
      await store.add(written({ key: 'c' }));
      await store.tie([{ id: a, issue: 7 }]);
      await store.tie([]);
      assert.deepEqual(await store.ties({ project: 1, limit: 9 }), [
        { id: b, eventId: 'e2', issue: 0 },
        { id: a, eventId: 'e1', issue: 7 },
      ]);
      assert.deepEqual(await store.ties({ project: 1, untied: true, limit: 9 }), [{ id: b, eventId: 'e2', issue: 0 }]);
      assert.deepEqual([await store.ties({ project: 2, limit: 9 }), (await store.find(a))?.issue], [[], 7]);
    });

    it('forgets a project', async () => {
      await using place = makePlace();
      await using store = place.open();
      await store.removeProject(1);
      await store.add(written());
      const { id } = await store.add(written({ project: 2 }));
      await store.removeProject(1);
      assert.deepEqual(await ids(store), [id]);
    });

    it('makes room by what is settled, then by the oldest', async () => {
      await using place = makePlace();
      await using store = place.open(3);
      for (let i = 1; i <= 5; i++) await store.add(written({ key: String(i) }));
      await store.change([5], 'resolved', '', NOON);
      await store.add(written({ key: '6' }));
      assert.deepEqual(await ids(store), [6, 4, 3]);
    });

    it('counts what it lists, whatever is done', async () => {
      const step = fc.record({
        project: fc.integer({ min: 1, max: 2 }),
        key: fc.constantFrom('a', 'b', 'c', 'd'),
        state: fc.constantFrom(...FEEDBACK_STATES),
        remove: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 15 }), fc.string({ unit: 'binary', maxLength: 40 }), async (steps, message) => {
          await using place = makePlace();
          const expected = new Map<number, { project: number; key: string; state: FeedbackState }>();
          {
            await using store = place.open();
            for (const { project, key, state, remove } of steps) {
              const { id, added } = await store.add(written({ project, key, message: message.replaceAll('\0', '') }));
              const known = [...expected].find(([, one]) => one.project === project && one.key === key);
              assert.equal(added, known === undefined);
              assert.equal(id, known?.[0] ?? id);
              await store.change([id], state, 'Ann', NOON);
              if (remove) await store.remove(id);
              if (remove) expected.delete(id);
              else expected.set(id, { project, key, state });
            }
          }
          await using store = place.open();
          for (const project of [1, 2, null])
            for (const state of FEEDBACK_STATES) {
              const wanted = [...expected].filter(([, one]) => one.state === state && (project === null || one.project === project)).map(([id]) => id);
              assert.deepEqual(
                await ids(store, { project, state }),
                wanted.toSorted((x, y) => y - x),
              );
              assert.equal((await store.totals(project))[state], wanted.length);
            }
        }),
        { numRuns: 20 },
      );
    });
  });
}
