import assert from 'node:assert/strict';
import test from 'node:test';
import { plotted, stackUp, PLAIN } from './look.ts';
import { linesOf } from './rows.ts';

const row = (name: string, values: (number | null)[]) => ({ name, target: 0, kind: 'gauge', start: 0, step: 1000, values });

test('lines that stand on each other are sums; gaps add nothing and stay gaps', () => {
  assert.deepEqual(
    stackUp(
      [
        [1, null, 3],
        [10, 20, undefined],
        [100, 100, 100],
      ],
      [false, false, false],
    ),
    [
      [1, null, 3],
      [11, 20, undefined],
      [111, 120, 123],
    ],
  );
});

test('what is hidden stands nowhere', () => {
  assert.deepEqual(
    stackUp(
      [
        [1, 2],
        [10, 20],
      ],
      [true, false],
    )[1],
    [10, 20],
  );
});

test('the axis reaches to the sums of stacked lines, and of bars, which are drawn from the top down', () => {
  const lines = linesOf([row('a', [1, 2]), row('b', [3, 4])], [], new Map());
  assert.equal(plotted(lines, new Set(), { ...PLAIN, kind: 'stacked' }).high, 6);
  const bars = plotted(lines.toReversed(), new Set(), { ...PLAIN, kind: 'bars' });
  assert.deepEqual(bars.data.slice(1), [
    [4, 6],
    [1, 2],
  ]);
});

test('a limit near the values is within the axis, one far away is not', () => {
  const lines = linesOf([row('a', [10, 20])], [], new Map());
  const high = (value: number): number => plotted(lines, new Set(), { ...PLAIN, limits: [{ value, state: 'bad' }] }).high;
  assert.equal(high(30), 30);
  assert.equal(high(3000), 20);
});
