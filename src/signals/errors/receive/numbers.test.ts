import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventRow } from '../../../store/errors/sqlite/event-row.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';
import { ErrorNumbers } from './numbers.ts';

const START = 600_000;

/** Numbers whose points are noted as `[name, time, value]`. */
function make(open = 3): { numbers: ErrorNumbers; points: [string, number, number][]; refused: () => number } {
  const names: string[] = [];
  const points: [string, number, number][] = [];
  let refused = 0;
  const writer: PointsWriter = {
    declare: (name) => names.push(name) - 1,
    add: (id, time, value) => points.push([names[id], time, value]) > 0,
    forget: () => undefined,
    flush: () => undefined,
    drained: async () => undefined,
    close: () => undefined,
  };
  const numbers = new ErrorNumbers(
    writer,
    async () => open,
    () => refused++,
    START,
  );
  return { numbers, points, refused: () => refused };
}

const row = (part: Partial<EventRow>): EventRow => ({ project: 1, slug: 'shop', level: 'error', environment: '', user: 0, ...part }) as EventRow;

test('ten seconds of events become points by level, environment and what became of them', async (t) => {
  const { numbers, points } = make();
  t.after(() => numbers.stop());
  numbers.events(
    [row({}), row({ level: 'fatal', environment: 'a b' }), row({}), row({})],
    [
      { issue: 1, outcome: 'new' },
      { issue: 2, outcome: 'regressed' },
      { issue: 1, outcome: 'known' },
      { issue: 0, outcome: 'discarded' },
    ],
  );
  await numbers.flush(START + 10_000);
  assert.deepEqual(Object.fromEntries(points.map(([name, , value]) => [name, value])), {
    'errors.shop.events': 2,
    'errors.shop.level.error': 1,
    'errors.shop.level.fatal': 1,
    'errors.shop.environment.production': 1,
    'errors.shop.environment.a_b': 1,
    'errors.shop.issues.new': 1,
    'errors.shop.issues.regressed': 1,
  });
  assert.ok(points.every(([, time]) => time === START));
  points.length = 0;
  await numbers.flush(START + 20_000);
  assert.ok(points.length > 0 && points.every(([, , value]) => value === 0), 'nothing is 0 for a while');
});

test('each minute tells how many issues and people there were, and how many issues are open', async (t) => {
  const { numbers, points } = make(5);
  t.after(() => numbers.stop());
  const added = [1, 2, 1].map((issue) => ({ issue, outcome: 'added' as const }));
  numbers.events([row({ user: 7 }), row({ user: 7 }), row({ user: 9 })], added);
  await numbers.flush(START + 60_000);
  const minute = Object.fromEntries(points.filter(([, time]) => time === START).map(([name, , value]) => [name, value]));
  assert.deepEqual([minute['errors.shop.types'], minute['errors.shop.users'], minute['errors.shop.issues.open']], [2, 2, 5]);
});

test('names that a client makes up have an end', async (t) => {
  const { numbers, points, refused } = make();
  t.after(() => numbers.stop());
  for (let i = 0; i < 12_000; i++) numbers.sample({ name: `sentry.shop.m${i}`, value: i, as: 'mean' });
  for (let i = 0; i < 100; i++) numbers.events([row({ environment: `preview-${i}` })], [{ issue: 1, outcome: 'added' }]);
  await numbers.flush(START + 10_000);
  assert.equal(points.length, 10_000);
  assert.ok(refused() >= 2000);
});
