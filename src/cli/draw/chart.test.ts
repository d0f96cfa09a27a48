import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart, drawSpark } from './chart.ts';

test('a spark shows the shape and leaves gaps blank', () => {
  assert.equal(drawSpark({ start: 0, step: 1000, values: [0, 1, 2, NaN, 4, 5, 6, 7] }, 8), '▁▂▃ ▅▆▇█');
});

test('a chart has its scale, as many lines as asked and a time axis', () => {
  const lines = drawChart({ start: 0, step: 60_000, values: Array.from({ length: 60 }, (_, i) => i * 100) }, 60, 6).split('\n');
  assert.equal(lines.length, 8);
  assert.match(lines[0], /^5,900 ┤/);
  assert.match(lines[5], / 0 ┤/);
  assert.match(lines[0], /[\u2801-\u28FF]$/);
  assert.match(lines[6], /\d\d:\d\d/);
});

test('a chart without data is nothing', () => assert.equal(drawChart({ start: 0, step: 1000, values: [NaN, NaN] }, 40, 5), ''));
