import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { TraceRow } from '../contract-errors.ts';
import { MOST_EACH_SIDE, rowOfEvent, rowOfFact, traceRows } from './trace.ts';

const row = (time: number): TraceRow => rowOfEvent({ project: 1, issue: 2, eventId: 'e', time, level: 'error', title: 'E', culprit: 'here' }, 'shop', 'SHOP-1');

void test('what took time is told by when it began, and by what did not go well', () => {
  const fact = { kind: 'transaction', time: 1000, title: 'GET /', text: '', tags: { project: 'shop', operation: 'http.server', status: 'ok' } };
  const told = rowOfFact({ ...fact, data: { durationMs: 250, eventId: 'abc' } });
  assert.deepEqual([told.time, told.durationMs, told.about, told.eventId], [750, 250, 'http.server', 'abc']);
  const failed = rowOfFact({ ...fact, tags: { ...fact.tags, status: 'internal_error' }, data: { durationMs: Number.NaN } });
  assert.deepEqual([failed.time, failed.durationMs, failed.about], [1000, null, 'http.server, internal_error']);
});

void test('of many those nearest to the event are told, in order', () => {
  const times = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 250 });
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 300 }), (all, around) => {
      const { rows, more } = traceRows(all.map(row), around);
      const kept = rows.map(({ time }) => time);
      assert.deepEqual(
        kept,
        kept.toSorted((a, b) => a - b),
      );
      const sorted = all.toSorted((a, b) => a - b);
      const [before, after] = [sorted.filter((time) => time <= around), sorted.filter((time) => time > around)];
      assert.deepEqual(kept, [...before.slice(-MOST_EACH_SIDE), ...after.slice(0, MOST_EACH_SIDE)]);
      assert.equal(more, before.length > MOST_EACH_SIDE || after.length > MOST_EACH_SIDE);
    }),
  );
});
