import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CounterName } from '../../core/counters.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { defaultPolicy, type PointsPolicy } from '../../core/policy.ts';
import { parseRetention } from '../../core/retention.ts';
import { Kind, Method } from '../../core/series.ts';
import type { PointsStore, PointsWriter } from './points-store.ts';

/** One data set under test, with its own clock. A world starts empty, at `NOON`. */
export interface ContractWorld extends AsyncDisposable {
  /** Opens the store; closes the one opened before. Later calls see the same data. */
  open(options?: { policy?: PointsPolicy; maxSeries?: number }): Promise<PointsStore>;
  setNow(time: number): void;
  /** Lets time pass, as background work wants it, and the work be done that is due then. */
  settle(): Promise<void>;
  counted(name: CounterName): number;
  /** A folder for a backup, which does not exist yet. */
  newFolder(): string;
  /** Opens what a backup wrote, as a world of its own. */
  fromBackup(folder: string): ContractWorld;
}

export const NOON = Date.UTC(2026, 4, 5, 12);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Carbon's way: fixed grids of 10 s for a day and of a minute for a month. */
export function carbonPolicy(retention = '10s:1d,1m:30d', xFilesFactor = 0): PointsPolicy {
  return {
    retention: [{ name: 'all', pattern: /(?:)/, tiers: parseRetention(retention), adaptive: false }],
    aggregation: defaultPolicy().aggregation,
    defaultXFilesFactor: xFilesFactor,
    rulesWin: false,
  };
}

/** What every points store promises, as points-store.ts says. */
export function pointsContract(name: string, newWorld: () => ContractWorld): void {
  const test = (what: string, check: (world: ContractWorld) => Promise<void>): void => {
    it(what, async () => {
      await using world = newWorld();
      await check(world);
    });
  };

  describe(`${name}: writing and reading`, () => {
    test('answers points on the grid, from exclusive and until inclusive', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      await write(
        store,
        'a.b',
        [0, 10, 20, 40].map((at) => [NOON - MINUTE + at * SECOND, at + 0.5]),
      );
      await everywhere(world, store, async (store) => {
        const [row] = await read(store, ['a.b'], NOON - MINUTE, NOON - 10 * SECOND);
        assert.equal(row.start, NOON - 50 * SECOND);
        assert.equal(row.step, 10 * SECOND);
        assert.deepEqual([...row.values], [10.5, 20.5, NaN, 40.5, NaN]);
        assert.deepEqual([row.name, row.path, row.tags, row.consolidate, row.xFilesFactor], ['a.b', 'a.b', { name: 'a.b' }, 'average', 0]);
        const [one] = await read(store, ['a.b'], NOON - 20 * SECOND, NOON - 20 * SECOND);
        assert.deepEqual([one.start, ...one.values], [NOON - 10 * SECOND, NaN], 'an empty interval gives one point');
      });
    });

    test('floors times to slots; the last write to a slot wins, whenever it comes', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      await write(store, 'a', [
        [NOON - 15_001, 1],
        [NOON - 11_000, 2],
        [NOON - 5000, 3],
      ]);
      await everywhere(world, store, async (store) => assert.deepEqual(await valuesOf(store, 'a', NOON - 30_000, NOON), [2, 3, NaN]));
      const again = await world.open({ policy: carbonPolicy() });
      await write(again, 'a', [[NOON - 20_000, 9]]);
      await everywhere(world, again, async (store) => assert.deepEqual(await valuesOf(store, 'a', NOON - 30_000, NOON), [9, 3, NaN]));
    });

    test('takes points in any order, and keeps each series apart', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      const late = Array.from({ length: 500 }, (_, i): Point => [NOON - ((i * 7919) % 500) * 10_000, (i * 7919) % 500]);
      await write(store, 'late', late);
      await write(
        store,
        'other',
        late.map(([time, value]): Point => [time, -value]),
      );
      await everywhere(world, store, async (store) => {
        const values = await valuesOf(store, 'late', NOON - 500 * 10_000, NOON);
        assert.deepEqual(
          values,
          Array.from({ length: 500 }, (_, i) => 499 - i),
        );
        assert.deepEqual(await valuesOf(store, 'other', NOON - 20_000, NOON), [-1, -0]);
      });
    });

    test('drops NaN silently, and counts points too old or too far ahead', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      await write(store, 'a', [
        [NOON, NaN],
        [NOON - 31 * DAY, 1],
        [NOON + 25 * HOUR, 2],
        [NaN, 3],
        [NOON - 20_000, Infinity],
      ]);
      assert.deepEqual(await valuesOf(store, 'a', NOON - 30_000, NOON), [Infinity, NaN, NaN]);
      assert.equal(world.counted('points.dropped.too_old'), 2);
      assert.equal(world.counted('points.dropped.in_future'), 1);
      assert.equal(world.counted('points.stored'), 1);
      assert.equal(world.counted('points.received'), 5);
    });

    test('takes no more than it can hold, says when there is room, and loses nothing of what it took', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      const writer = store.writer();
      const id = writer.declare('a', Kind.gauge, Method.byRule);
      let waited = 0;
      for (let i = 0; i < 400_000; i++) {
        while (!writer.add(id, NOON - (i % 1000) * 10_000, i)) {
          waited++;
          await writer.drained();
        }
      }
      await store.sync();
      writer.close();
      assert.ok(waited > 0, 'the queue is bounded');
      assert.equal(world.counted('points.stored'), 400_000);
      assert.deepEqual(await valuesOf(store, 'a', NOON - 20_000, NOON), [399_001, 399_000]);
    });

    test('refuses answers of more points than asked for', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      await write(store, 'a', [[NOON, 1]]);
      const reader = store.reader();
      const series = await reader.select({ glob: 'a' }, 1);
      await assert.rejects(
        reader.read({ series, from: NOON - HOUR, until: NOON, now: NOON, maxPoints: 359 }),
        (error) => error instanceof HeedError && error.code === 'too_many_points',
      );
      await reader[Symbol.asyncDispose]();
    });
  });

  describe(`${name}: adaptive rules`, () => {
    test('answer in each series’ own rhythm', async (world) => {
      const store = await world.open();
      await write(store, 'seconds', every(SECOND, 120));
      await write(store, 'tens', every(10 * SECOND, 60));
      await write(store, 'minutes', every(MINUTE, 30));
      await write(
        store,
        'jitter',
        every(10 * SECOND, 60).map(([time, value], i): Point => [time + (i % 3) * 900, value]),
      );
      await write(store, 'once', [[NOON - 5000, 7]]);
      await everywhere(world, store, async (store) => {
        const rows = await read(store, ['seconds', 'tens', 'minutes', 'jitter', 'once'], NOON - 10 * MINUTE, NOON);
        assert.deepEqual(
          rows.map((row) => row.step / SECOND),
          [1, 10, 60, 10, 10],
        );
        assert.deepEqual([...rows[1].values], [...rows[3].values]);
        assert.deepEqual([...rows[2].values], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
        assert.deepEqual(
          [...rows[4].values].filter((value) => value === 7),
          [7],
        );
      });
    });

    test('fold points that share a slot by what they measure', async (world) => {
      const store = await world.open();
      const points = every(10 * SECOND, 30).flatMap(([time, value]): Point[] => [
        [time, value],
        [time + 3000, value + 100],
      ]);
      // The rhythm is known before two meet in one slot.
      for (const name of ['gauge', 'counter', 'upper']) await write(store, name, every(10 * SECOND, 60), kindOf(name));
      for (const name of ['gauge', 'counter', 'upper']) await write(store, name, points.slice(-6), kindOf(name), name === 'upper' ? Method.max : Method.byRule);
      await everywhere(world, store, async (store) => {
        assert.deepEqual(await valuesOf(store, 'gauge', NOON - 30_000, NOON), [102, 101, 100]);
        assert.deepEqual(await valuesOf(store, 'counter', NOON - 30_000, NOON), [104, 102, 100]);
        assert.deepEqual(await valuesOf(store, 'upper', NOON - 30_000, NOON), [102, 101, 100]);
      });
    });
  });

  describe(`${name}: tiers`, () => {
    const TWO_DAYS_AGO = NOON - 2 * DAY;

    test('answer the finest that reaches back, folded by each series’ method, before and after it is rolled up', async (world) => {
      world.setNow(TWO_DAYS_AGO + 10 * MINUTE);
      const store = await world.open({ policy: carbonPolicy() });
      const methods = { average: 2.5, sum: 15, last: 5, max: 5, min: 0, first: 0 };
      for (const name of Object.keys(methods)) await write(store, name, sixPerMinute(TWO_DAYS_AGO, 10), Kind.unknown, Method[name as keyof typeof methods]);
      world.setNow(NOON);
      await everywhere(world, store, async (store) => {
        const rows = await read(store, Object.keys(methods), TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO + 2 * MINUTE);
        assert.deepEqual(Object.fromEntries(rows.map((row) => [row.name, row.values[0]])), methods);
        assert.deepEqual(
          rows.map((row) => row.step),
          rows.map(() => MINUTE),
        );
        assert.deepEqual(
          rows.map((row) => row.consolidate),
          Object.keys(methods),
        );
      });
    });

    test('need the share of known points that the rules say', async (world) => {
      world.setNow(TWO_DAYS_AGO + 10 * MINUTE);
      const store = await world.open({ policy: carbonPolicy('10s:1d,1m:30d', 0.5) });
      await write(store, 'three', sixPerMinute(TWO_DAYS_AGO, 1).slice(0, 3));
      await write(store, 'two', sixPerMinute(TWO_DAYS_AGO, 1).slice(0, 2));
      world.setNow(NOON);
      await everywhere(world, store, async (store) => {
        assert.deepEqual(await valuesOf(store, 'three', TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO), [1]);
        assert.deepEqual(await valuesOf(store, 'two', TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO), [NaN]);
      });
    });

    test('roll up by what a series measures when nobody said how', async (world) => {
      world.setNow(TWO_DAYS_AGO + 10 * MINUTE);
      const store = await world.open({ policy: carbonPolicy() });
      await write(store, 'hits', sixPerMinute(TWO_DAYS_AGO, 1), Kind.counter);
      await write(store, 'level', sixPerMinute(TWO_DAYS_AGO, 1), Kind.gauge);
      await write(store, 'time.upper_90', sixPerMinute(TWO_DAYS_AGO, 1), Kind.timer);
      world.setNow(NOON);
      await everywhere(world, store, async (store) => {
        const rows = await read(store, ['hits', 'level', 'time.upper_90'], TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO);
        assert.deepEqual(
          rows.map((row) => row.values[0]),
          [15, 2.5, 5],
        );
      });
    });

    test('let carbon’s rules beat the sender when they are given', async (world) => {
      world.setNow(TWO_DAYS_AGO + 10 * MINUTE);
      const store = await world.open({ policy: { ...carbonPolicy(), rulesWin: true } });
      await write(store, 'x.count', sixPerMinute(TWO_DAYS_AGO, 1), Kind.gauge, Method.last);
      await write(store, 'x.other', sixPerMinute(TWO_DAYS_AGO, 1), Kind.counter, Method.last);
      world.setNow(NOON);
      const rows = await read(await world.open({ policy: { ...carbonPolicy(), rulesWin: true } }), ['x.count', 'x.other'], TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO);
      assert.deepEqual(
        rows.map((row) => [row.consolidate, row.values[0]]),
        [
          ['sum', 15],
          ['average', 2.5],
        ],
      );
    });

    test('take late points into what was rolled up already', async (world) => {
      // A window ends at midnight, so yesterday's is rolled up at noon while a day of it is still kept.
      const yesterday = NOON - 20 * HOUR;
      world.setNow(yesterday + MINUTE);
      const store = await world.open({ policy: carbonPolicy() });
      await write(store, 'a', sixPerMinute(yesterday, 2), Kind.counter);
      world.setNow(NOON);
      await world.settle();
      const later = await world.open({ policy: carbonPolicy() });
      const ask = (store: PointsStore): Promise<number[]> =>
        valuesOf(store, 'a', yesterday - 25 * HOUR, yesterday + MINUTE, (row) => [...row.values].slice(-2));
      await write(later, 'a', [[yesterday + 50_000, 1000]], Kind.counter);
      await everywhere(world, later, async (store) => assert.deepEqual(await ask(store), [1010, 15]));
    });

    test('put points that are too old for a fine tier into the next', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      const old = NOON - 5 * DAY;
      await write(store, 'a', [
        [old, 1],
        [old + 10_000, 2],
        [old + 70_000, 3],
      ]);
      await everywhere(world, store, async (store) => assert.deepEqual(await valuesOf(store, 'a', old - MINUTE, old + 2 * MINUTE), [2, 3, NaN]));
    });

    test('fold three tiers one after another', async (world) => {
      const policy = carbonPolicy('10s:1d,1m:7d,10m:60d');
      const old = NOON - 3 * DAY;
      world.setNow(old + HOUR);
      const store = await world.open({ policy });
      await write(store, 'a', sixPerMinute(old, 30), Kind.gauge, Method.max);
      await write(store, 'b', sixPerMinute(old, 30), Kind.counter);
      world.setNow(NOON);
      await everywhere(world, store, async (store) => {
        const ask = (from: number): Promise<number[][]> =>
          read(store, ['a', 'b'], from, old + 20 * MINUTE).then((rows) => rows.map((row) => [...row.values].slice(-3)));
        assert.deepEqual(await ask(old - DAY), [
          [5, 5, 5],
          [15, 15, 15],
        ]);
        assert.deepEqual(await ask(old - 30 * DAY), [
          [5, 5, 5],
          [150, 150, 150],
        ]);
      });
    });

    test('forget what is older than they keep', async (world) => {
      const policy = carbonPolicy('10s:1d,1m:3d');
      world.setNow(NOON - 10 * DAY);
      const store = await world.open({ policy });
      await write(store, 'a', [[NOON - 10 * DAY, 1]]);
      await world.settle();
      world.setNow(NOON);
      const later = await world.open({ policy });
      await write(later, 'a', [[NOON, 2]]);
      await world.settle();
      const stats = await (await world.open({ policy })).stats();
      assert.equal(stats.pointsInBlocks + stats.headPoints, 1);
      assert.equal(stats.oldest, NOON);
    });
  });

  describe(`${name}: series`, () => {
    test('are found by glob, tags and words', async (world) => {
      const store = await world.open();
      for (const name of ['web.a.hits', 'web.b.hits', 'db.size', 'disk;host=x;kind=ssd', 'disk;host=y;kind=hdd']) await write(store, name, [[NOON, 1]]);
      await everywhere(world, store, async (store) => {
        const reader = store.reader();
        const nodes = await reader.find('*', { counts: true });
        assert.deepEqual(
          nodes.filter((node) => node.text === 'web'),
          [{ path: 'web', text: 'web', leaf: false, branch: true, count: 2 }],
        );
        const names = async (found: Promise<{ name: string }[]>): Promise<string[]> => (await found).map(({ name }) => name);
        assert.deepEqual(await names(reader.select({ glob: 'web.{a,b}.h*' }, 10)), ['web.a.hits', 'web.b.hits']);
        assert.deepEqual(await names(reader.select({ tags: ['name=disk', 'kind=ssd'] }, 10)), ['disk;host=x;kind=ssd']);
        assert.deepEqual(await names(reader.search('hits web', 10)), ['web.a.hits', 'web.b.hits']);
        assert.equal((await reader.names(-1, 10)).length, 5);
        assert.deepEqual((await reader.tagKeys([], 'h', 10)).includes('host'), true);
        assert.deepEqual(await reader.tagValues([], 'host', '', 10), ['x', 'y']);
        const [row] = await read(store, ['disk;host=x;kind=ssd'], NOON - 10_000, NOON);
        assert.deepEqual(row.tags, { name: 'disk', host: 'x', kind: 'ssd' });
        await reader[Symbol.asyncDispose]();
      });
    });

    test('that were removed are gone with their points; a later point starts anew', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      const writer = store.writer();
      const [a, b] = ['x.a', 'x.b'].map((name) => writer.declare(name, Kind.gauge, Method.byRule));
      for (const id of [a, b]) writer.add(id, NOON - 20_000, 1);
      assert.equal(await store.remove(['x.a', 'nothing.*']), 1);
      assert.deepEqual(await names(store), ['x.b']);
      writer.add(a, NOON - 10_000, 2);
      writer.add(b, NOON - 10_000, 2);
      writer.flush();
      await store.sync();
      writer.close();
      await everywhere(world, store, async (store) => {
        assert.deepEqual(await valuesOf(store, 'x.a', NOON - 30_000, NOON), [NaN, 2, NaN]);
        assert.deepEqual(await valuesOf(store, 'x.b', NOON - 30_000, NOON), [1, 2, NaN]);
      });
    });

    test('beyond the bound are refused and counted point by point, others go on', async (world) => {
      const store = await world.open({ maxSeries: 3, policy: carbonPolicy() });
      const writer = store.writer();
      const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => writer.declare(name, Kind.gauge, Method.byRule));
      for (let round = 0; round < 4; round++) for (const id of ids) writer.add(id, NOON - round * 10_000, round);
      writer.flush();
      await store.sync();
      assert.equal(world.counted('points.dropped.too_many_series'), 8);
      assert.equal(world.counted('points.stored'), 12);
      await store.remove(['a', 'b']);
      for (const id of ids.slice(3)) writer.add(id, NOON, 5);
      await store.sync();
      writer.close();
      assert.deepEqual(await names(store), ['c', 'd', 'e'], 'there is room now');
      assert.equal((await store.stats()).maxSeries, 3);
    });

    test('with names that cannot be are refused and counted', async (world) => {
      const store = await world.open();
      await write(store, 'x'.repeat(1025), [[NOON, 1]]);
      await write(store, 'é'.repeat(600), [[NOON, 1]]);
      await write(store, '', [[NOON, 1]]);
      await write(store, 'é'.repeat(512), [[NOON, 1]]);
      assert.equal(world.counted('points.dropped.bad_name'), 3);
      assert.deepEqual(await names(store), ['é'.repeat(512)]);
    });

    test('declared twice are the same', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      await write(store, 'a', [[NOON - 10_000, 1]]);
      await write(store, 'a', [[NOON, 2]], Kind.counter, Method.sum);
      assert.deepEqual(await valuesOf(store, 'a', NOON - 20_000, NOON), [1, 2]);
      const [ref] = await store.reader().select({ glob: 'a' }, 1);
      assert.deepEqual([ref.kind, ref.method], [Kind.counter, Method.sum]);
    });
  });

  describe(`${name}: keeping`, () => {
    test('tells its state', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      await write(store, 'a', every(10 * SECOND, 1000));
      const before = await store.stats();
      assert.deepEqual([before.series, before.headPoints + before.pointsInBlocks, before.oldest], [1, 1000, NOON - 9990 * SECOND]);
      assert.deepEqual([before.writeProblem, before.damage], ['', []]);
      await world.settle();
      const after = await store.stats();
      assert.ok(after.bytesPerDay > 0 && after.bytesAtRest > after.bytesPerDay, 'the forecast');
      assert.ok(after.diskFree > 0);
    });

    test('writes a backup that holds all, while work goes on', async (world) => {
      const store = await world.open({ policy: carbonPolicy() });
      await write(store, 'a', every(10 * SECOND, 500));
      await world.settle();
      await write(store, 'b', every(10 * SECOND, 500));
      const folder = world.newFolder();
      const report = await store.backup(folder);
      assert.equal(report.series, 2);
      assert.ok(report.files > 0 && report.bytes > 0);
      await assert.rejects(store.backup(folder), (error) => error instanceof HeedError && error.code === 'not_empty');
      await write(store, 'a', [[NOON, 77]]);
      await using copy = world.fromBackup(folder);
      const restored = await copy.open({ policy: carbonPolicy() });
      for (const name of ['a', 'b'])
        assert.deepEqual(
          await valuesOf(restored, name, NOON - 5000 * SECOND, NOON),
          Array.from({ length: 500 }, (_, i) => 499 - i),
        );
    });
  });
}

type Point = [time: number, value: number];

/** Points up to NOON with values counting down to 0. */
function every(step: number, count: number): Point[] {
  return Array.from({ length: count }, (_, i): Point => [NOON - (count - 1 - i) * step, count - 1 - i]);
}

/** Values 0 to 5 each minute. */
function sixPerMinute(start: number, minutes: number): Point[] {
  return Array.from({ length: minutes * 6 }, (_, i): Point => [start + i * 10_000, i % 6]);
}

function kindOf(name: string): Kind {
  return name === 'counter' ? Kind.counter : name === 'gauge' ? Kind.gauge : Kind.timer;
}

async function write(store: PointsStore, name: string, points: readonly Point[], kind: Kind = Kind.unknown, method: Method = Method.byRule): Promise<void> {
  const writer: PointsWriter = store.writer();
  const id = writer.declare(name, kind, method);
  for (const [time, value] of points) while (!writer.add(id, time, value)) await writer.drained();
  writer.flush();
  await store.sync();
  writer.close();
}

async function read(store: PointsStore, names: readonly string[], from: number, until: number): Promise<Row[]> {
  const reader = store.reader();
  try {
    const found = await Promise.all(names.map((glob) => reader.select({ glob }, 1)));
    return await reader.read({ series: found.map(([ref]) => ref), from, until, now: NOON, maxPoints: 10_000_000 });
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

async function valuesOf(store: PointsStore, name: string, from: number, until: number, pick = (row: Row): number[] => [...row.values]): Promise<number[]> {
  const [row] = await read(store, [name], from, until);
  return pick(row);
}

async function names(store: PointsStore): Promise<string[]> {
  const reader = store.reader();
  const refs = await reader.names(-1, 1000);
  await reader[Symbol.asyncDispose]();
  return refs.map(({ name }) => name).toSorted();
}

/** Answers must not depend on where points are: fresh, after a restart, in blocks, in merged and rolled-up blocks. */
async function everywhere(world: ContractWorld, store: PointsStore, check: (store: PointsStore) => Promise<void>): Promise<void> {
  await check(store);
  await world.settle();
  await check(store);
  await world.settle();
  await check(store);
}
