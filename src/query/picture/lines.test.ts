import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readAdvances } from './advances.ts';
import { readColour } from './colours.ts';
import { cutStart, cutText, FONT_FILES, textWidth } from './font.ts';
import { stateOf, readLimits } from './limits.ts';
import { linePaths } from './line-path.ts';
import { commonEnds } from './names.ts';
import { svgOf, row } from './picture.fixture.ts';
import { runsOf, silences } from './runs.ts';

const line = (values: number[], pixels: number, given: { staircase?: boolean; column?: number; base?: number } = {}): { line: string; area: string } =>
  linePaths(
    {
      run: { from: 0, to: values.length - 1 },
      values: Float64Array.from(values),
      x: (i) => (i * pixels) / (values.length - 1),
      y: (value) => 100 - value,
      within: [0, 100],
      staircase: given.staircase ?? false,
      column: given.column ?? 1,
    },
    given.base === undefined ? undefined : () => given.base as number,
  );

void test('a line goes through its values; a staircase keeps each until the next; an area comes back along its base', () => {
  assert.equal(line([1, 2, 4], 20).line, 'M0 99L10 98L20 96');
  assert.equal(line([1, 2, 4], 20, { staircase: true }).line, 'M0 99H10V98H20V96H30');
  assert.equal(line([1, 2, 4], 20, { base: 100 }).area, 'M0 99L10 98L20 96L20 100H0Z');
});

void test('a line that leaves its limits ends there, on its way', () => {
  assert.equal(line([50, 150, 50], 20).line, 'M0 50L5 0L10 0L15 0L20 50');
  assert.equal(line([-100, 200], 30).line, 'M0 100L10 100L20 0L30 0');
});

void test('where many values share a pixel its lowest and highest stay, whatever there are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 100, maxLength: 2000 }), (values) => {
      const points = Array.from(line(values, 20).line.matchAll(/ ([\d.]+)/g), ([, y]) => 100 - Number(y));
      assert.ok(points.length <= 2 * 21);
      assert.equal(Math.max(...points), Math.max(...values));
      assert.equal(Math.min(...points), Math.min(...values));
    }),
  );
});

void test("gaps break a line, but not those that come of the row's rhythm or are to be joined", () => {
  const runs = (values: number[], joined = 0): [number, number][] => runsOf(Float64Array.from(values), joined).map(({ from, to }) => [from, to]);
  assert.deepEqual(runs([1, 1, NaN, NaN, NaN, 1, 1]), [
    [0, 1],
    [5, 6],
  ]);
  assert.deepEqual(runs([1, 1, NaN, NaN, NaN, 1, 1], 3), [[0, 6]]);
  assert.deepEqual(runs([1, NaN, NaN, 1, NaN, NaN, 1, NaN, NaN, 1]), [[0, 9]]);
  assert.deepEqual(runs([NaN, NaN]), []);
  const rows = [
    [1, 1, NaN, NaN, NaN, NaN, 1],
    [NaN, 1, NaN, NaN, NaN, NaN, 1],
  ].map((values) => ({ start: 0, step: 10, values: Float64Array.from(values) }));
  assert.deepEqual(silences(rows), [[10, 60]]);
});

void test('a picture of nothing but noise stays within its bounds', () => {
  const rows = Array.from({ length: 200 }, (_, r) =>
    row(
      `r.${r}`,
      Array.from({ length: 5000 }, (_, i) => ((i * 7919 + r * 104_729) % 1000) / 10),
    ),
  );
  assert.ok(svgOf({ width: ['4000'], height: ['4000'] }, rows).length < 2_000_000);
});

void test('texts are as wide as their letters, digits all alike, and are cut to what has room', () => {
  assert.equal(textWidth('11111', 10), textWidth('88888', 10));
  assert.ok(textWidth('WWW', 10) > textWidth('iii', 10) * 2);
  assert.ok(textWidth('Grüße Ω Я', 10, true) > textWidth('Grüße Ω Я', 10));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.double({ min: 0, max: 200, noNaN: true }), (text, room) => {
      for (const cut of [cutText(text, 11, room), cutStart(text, 11, room)]) assert.ok(cut === '' || textWidth(cut, 11) <= room + 1e-6);
    }),
  );
  assert.equal(cutStart('servers.web.cpu', 10, 50), '…web.cpu');
  const font = readFileSync(FONT_FILES[0]);
  assert.throws(() => readAdvances(font.subarray(0, 100)), RangeError);
});

void test('colours are names, hex digits with or without opacity', () => {
  assert.deepEqual(readColour('Red'), { colour: '#c80032', alpha: 1 });
  assert.deepEqual(readColour('00ff0080'), { colour: '#00ff00', alpha: 128 / 255 });
  assert.deepEqual(readColour('#abc'), { colour: '#aabbcc', alpha: 1 });
  assert.throws(() => readColour('url(#x)'), /is no colour/);
});

void test('the worst limit that a value passes is its state', () => {
  const limits = readLimits(['warn:100', 'bad: 200', 'bad:<5']);
  assert.deepEqual(
    [50, 100, 200, 4, NaN].map((value) => stateOf(value, limits)),
    ['ok', 'warn', 'bad', 'bad', 'none'],
  );
});

void test('names share whole nodes at both ends', () => {
  const { shared, own } = commonEnds(['a.x.load', 'a.y.z.load']);
  assert.deepEqual([shared, own('a.x.load'), own('a.y.z.load')], ['a.*.load', 'x', 'y.z']);
  assert.equal(commonEnds(['a.b', 'a.b']).own('a.b'), 'b');
  assert.equal(commonEnds(['f(a.x)', 'f(a.y)']).shared, '');
});
