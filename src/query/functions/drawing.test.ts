import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Drawing, Row } from '../../core/frame.ts';
import { DEFAULT_LIMITS } from '../budget.ts';
import { evaluateTargets } from '../evaluate.ts';
import { parseWholeTarget } from '../parse/parse.ts';
import { MemoryReader } from '../testing/memory-reader.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const START = NOW - 120_000;

const reader = new MemoryReader([
  { name: 'a', step: 60_000, start: START, values: [1, 2, 3] },
  { name: 'b', step: 60_000, start: START, values: [10, NaN, 30] },
]);

async function rowsOf(...targets: string[]): Promise<Row[]> {
  const question = { from: START - 60_000, until: NOW, now: NOW, timeZone: 'UTC', xFilesFactor: 0, limits: DEFAULT_LIMITS };
  const evaluated = await evaluateTargets(
    targets.map((target) => parseWholeTarget(target)),
    question,
    reader,
  );
  return evaluated.targets.flat();
}

const drawingsOf = async (target: string): Promise<(Drawing | undefined)[]> => (await rowsOf(target)).map(({ drawing }) => drawing);

void test('functions say how a line is drawn, and what was said before them stays', async () => {
  const cases: [target: string, ...drawings: (Drawing | undefined)[]][] = [
    ['a', undefined],
    ["color(a, 'red')", { colour: 'red' }],
    ["alpha(lineWidth(color(a, '#ff0000'), 2.5), 0.5)", { colour: '#ff0000', width: 2.5, alpha: 0.5 }],
    ["color(color(a, 'red'), 'blue')", { colour: 'blue' }],
    ['dashed(a)', { dashes: 5 }],
    ['secondYAxis(dashed(a, 2))', { dashes: 2, secondAxis: true }],
    ['drawAsInfinite(a)', { infinite: true }],
    ["stacked(a, 'mine')", { stack: 'mine' }],
    ['areaBetween(group(a, b))', { hidden: true }, { between: true }],
    ["threshold(5, 'limit', 'red')", { colour: 'red' }],
    ["threshold(5, 'limit')", undefined],
    ["verticalLine('-1min', 'mark', 'blue')", { infinite: true, colour: 'blue' }],
    ["verticalLine('-1min')", { infinite: true }],
  ];
  for (const [target, ...drawings] of cases) assert.deepEqual(await drawingsOf(target), drawings, target);
});

void test('a row under another name is drawn as before; one that is made of several is not', async () => {
  assert.deepEqual(await drawingsOf("alias(color(a, 'red'), 'x')"), [{ colour: 'red' }]);
  assert.deepEqual(await drawingsOf("sumSeries(color(a, 'red'), b)"), [undefined]);
});

void test('a stack goes on through all targets of a question, in their order, and stacks do not mix', async () => {
  const rows = await rowsOf('stacked(b)', "stacked(a, 'other')", 'group(stacked(a), stacked(a))');
  assert.deepEqual(
    rows.map(({ values }) => [...values]),
    [
      [10, NaN, 30],
      [1, 2, 3],
      [11, 2, 33],
      [12, 4, 36],
    ],
  );
  assert.deepEqual(
    (await rowsOf('stacked(a)')).map(({ values }) => [...values]),
    [[1, 2, 3]],
  );
});
