import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FrameRow } from '../../src/api/contract.ts';
import { align, commonPrefix, gapsOf, linesOf, statsOf, valueAt, withRhythm, silentSince } from './rows.ts';

const row = (name: string, values: (number | null)[], step = 10, start = 1000): FrameRow => ({ name, target: 0, kind: 'gauge', start, step, values });
const lines = (...rows: FrameRow[]) => linesOf(rows, [], new Map());
const N = null;

test('figures count known values only', () => {
  assert.deepEqual(statsOf(row('a', [N, 2, N, 4, N])), { last: 4, lastTime: 1030, min: 2, mean: 3, max: 4 });
  assert.deepEqual(statsOf(row('a', [N, N])), { last: null, lastTime: null, min: null, mean: null, max: null });
});

test('a slower rhythm is joined, a hole in a steady row stays a gap', () => {
  const holes = (values: (number | null)[]): string =>
    withRhythm(values)
      .map((value) => (value === undefined ? '-' : value === null ? 'n' : 'x'))
      .join('');
  assert.equal(holes([1, N, N, 1, N, N, 1, N, N, 1]), 'x--x--x--x');
  assert.equal(holes([1, 1, 1, 1, N, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), 'xxxxnxxxxxxxxxxxxxxx');
  assert.equal(holes([1, 1, 1, 1, N, 1, 1, 1, 1, N, 1, 1, 1, 1, N, 1, 1]), 'xxxx-xxxx-xxxx-xx');
  assert.equal(holes([1, N, 1, N, 1, N, N, N, N, N, N, 1, N, 1, N, 1]), 'x-x-xnnnnnnx-x-x');
});

test('gaps are where no line knows anything for two slots or more', () => {
  const values = [1, 1, 1, 1, 1, 1, 1, N, N, N, 1, 1, 1, 1, 1, 1, 1];
  assert.deepEqual(gapsOf(lines(row('a', values))), [[1060, 1100]]);
  assert.deepEqual(
    gapsOf(
      lines(
        row('a', values),
        row(
          'b',
          values.map(() => 1),
        ),
      ),
    ),
    [],
  );
  assert.deepEqual(gapsOf(lines(row('a', [N, N, 1, 1, N, N]))), []);
});

test('rows of different steps share one axis without making gaps', () => {
  const [axis, a, b] = align(lines(row('a', [1, 2, 3, 4]), row('b', [5, N], 20)));
  assert.deepEqual(axis, [1000, 1010, 1020, 1030]);
  assert.deepEqual(a, [1, 2, 3, 4]);
  assert.deepEqual(b, [5, undefined, null, undefined]);
});

test('a moment has the value of its slot, or of the last beat', () => {
  const [line] = lines(row('a', [1, N, N, 2, N, N, 3]));
  assert.equal(valueAt(line, 1005), 1);
  assert.equal(valueAt(line, 1029), 1);
  assert.equal(valueAt(line, 1030), 2);
  assert.equal(valueAt(line, 900), null);
  assert.equal(valueAt(line, 2000), null);
});

test('names share a prefix by whole nodes, and labels leave it out', () => {
  assert.equal(commonPrefix(['a.b.mean', 'a.b.max']), 'a.b.');
  assert.equal(commonPrefix(['a.bc.x', 'a.bd.x']), 'a.');
  assert.equal(commonPrefix(['sum(a.b)', 'sum(a.c)']), '');
  assert.deepEqual(
    lines(row('a.b.x', [1]), row('a.b.y', [1])).map((line) => line.label),
    ['x', 'y'],
  );
});

test('a name keeps its colour while others come and go; beyond eight only pins have one', () => {
  const book = new Map<string, number>();
  const colours = (names: string[], pins: string[] = []): number[] =>
    linesOf(
      names.map((name) => row(name, [1])),
      pins,
      book,
    ).map((line) => line.colour);
  assert.deepEqual(colours(['a', 'b', 'c']), [0, 1, 2]);
  assert.deepEqual(colours(['b', 'c', 'd']), [1, 2, 0]);
  assert.deepEqual(colours('abcdefghi'.split(''), ['c']), [-1, -1, 2, -1, -1, -1, -1, -1, -1]);
});

test('lines are silent when all of them ended long before the end of the window', () => {
  const lines = (...rows: (number | null)[][]) =>
    linesOf(
      rows.map((values, i) => ({ name: `a${i}`, target: 0, kind: 'gauge', start: 0, step: 60_000, values })),
      [],
      new Map(),
    );
  const hour = 3_600_000;
  assert.equal(silentSince(lines([1, 2, null]), hour), 120_000);
  assert.equal(
    silentSince(
      lines(
        [1, 2, null],
        Array.from({ length: 60 }, () => 1),
      ),
      hour,
    ),
    null,
  );
  assert.equal(silentSince(lines([1, 2, 3]), 5 * 60_000), null);
  assert.equal(silentSince(lines([null]), hour), null);
});
