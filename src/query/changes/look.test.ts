import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kind } from '../../core/series.ts';
import { type MemorySeries, MemoryReader } from '../testing/memory-reader.ts';
import { type FoundChanges, LOOK_LIMITS, lookForChanges, type LookLimits } from './look.ts';
import type { ChangesQuestion } from './question.ts';

const MINUTE = 60_000;
const NOW = Math.floor(Date.UTC(2026, 10, 22, 12, 34) / MINUTE) * MINUTE;
const AT = NOW - 60 * MINUTE;

/** Six hours, a value a minute, up to NOW; `value` is given the minutes since the moment. */
const series = (name: string, value: (minute: number) => number): MemorySeries => ({
  name,
  step: MINUTE,
  start: NOW - 359 * MINUTE,
  values: Array.from({ length: 360 }, (_, i) => value(i - 299)),
  kind: Kind.gauge,
});

/** Noise that is the same in every run. */
const rustle = (seed: number) => (minute: number) => Math.sin(seed * 12.9898 + minute * 78.233 * (seed + 1)) % 1;

const reader = new MemoryReader([
  ...Array.from({ length: 600 }, (_, i) => series(`calm.${i}`, rustle(i))),
  series('shop.orders', (minute) => rustle(1)(minute) + (minute >= 0 ? 30 : 0)),
  series('shop.search', (minute) => (minute >= 0 ? 5 : 9)),
  series('shop.old', (minute) => (minute >= 0 ? NaN : 1)),
  series('shop.new;host=b', (minute) => (minute >= 1 ? 7 : NaN)),
  series('heed.own', (minute) => (minute >= 0 ? 5 : 9)),
]);

function look(question: Partial<ChangesQuestion> = {}, options: { signal?: AbortSignal; giveWay?: () => Promise<void>; limits?: LookLimits } = {}) {
  const { signal = new AbortController().signal, giveWay = async () => undefined, limits } = options;
  return lookForChanges({ at: AT, span: 30 * MINUTE, pattern: '', limit: 20, ...question }, { reader, now: NOW, signal, giveWay }, limits);
}

const names = ({ changes }: FoundChanges): string[] => changes.map(({ name }) => name);

void test('series that changed lead, with what they were and became', async () => {
  const found = await look();
  assert.deepEqual(names(found), ['shop.search', 'shop.orders', 'shop.new;host=b', 'shop.old']);
  const [search, , fresh, old] = found.changes;
  assert.deepEqual([search.how, search.before, search.after, search.kind], ['fell', 9, 5, 'gauge']);
  assert.deepEqual([fresh.how, fresh.before, fresh.after], ['appeared', null, 7]);
  assert.deepEqual([old.how, old.before, old.after], ['went silent', 1, null]);
  assert.deepEqual([found.looked, found.of, found.span], [604, 604, 30 * MINUTE]);
  assert.deepEqual([search.start, search.step, search.values.length], [AT - 30 * MINUTE, MINUTE, 61]);
  assert.deepEqual([search.values[29], search.values[30]], [9, 5]);
});

void test('a pattern narrows; Heed itself is looked at only when it is named', async () => {
  assert.deepEqual(names(await look({ pattern: 'shop.*r*' })), ['shop.search', 'shop.orders']);
  assert.deepEqual(names(await look({ pattern: 'heed.*' })), ['heed.own']);
  assert.deepEqual(names(await look({ pattern: '*.own' })), []);
  assert.deepEqual(names(await look({ limit: 1 })), ['shop.search']);
});

void test('of a moment just past the time after is as long as there is, and a minute is needed', async () => {
  assert.equal((await look({ at: NOW - 10 * MINUTE })).span, 10 * MINUTE);
  await assert.rejects(look({ at: NOW - MINUTE / 2 }), { code: 'too_recent' });
});

void test('it looks at no more series, and no longer, than it may, and says so', async () => {
  const few = await look({}, { limits: { ...LOOK_LIMITS, series: 100 } });
  assert.deepEqual([few.looked, few.of], [100, 604]);
  const short = await look({}, { limits: { ...LOOK_LIMITS, work: 0 } });
  assert.deepEqual([short.looked, short.of, short.changes.length], [0, 604, 0]);
});

void test('others go first between two batches, and who leaves is not answered', async () => {
  let turns = 0;
  await look({}, { giveWay: async () => void turns++ });
  assert.equal(turns, 3);
  const gone = new AbortController();
  await assert.rejects(look({}, { signal: gone.signal, giveWay: async () => gone.abort() }), { code: 'withdrawn' });
});
