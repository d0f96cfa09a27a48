import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFloat, formatG, roundHalfEven } from './text.ts';

void test('numbers in names are written as C writes %g', () => {
  for (const [value, text] of [
    [2, '2'],
    [0.001, '0.001'],
    [1_000_301_000_000_000, '1.0003e+15'],
    [123_456, '123456'],
    [1_234_567, '1.23457e+06'],
    [0.00001, '1e-05'],
    [-0.5, '-0.5'],
    [999_999.5, '1e+06'],
    [Infinity, 'inf'],
    [0, '0'],
  ] as const)
    assert.equal(formatG(value), text);
});

void test('floats are written as Python writes them', () => {
  for (const [value, text] of [
    [2, '2.0'],
    [-0.1, '-0.1'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [NaN, 'nan'],
  ] as const)
    assert.equal(formatFloat(value), text);
});

void test('rounding takes the nearest decimal, and the even one between two', () => {
  for (const [value, digits, rounded] of [
    [0.5, 0, 0],
    [1.5, 0, 2],
    [2.5, 0, 2],
    [-2.5, 0, -2],
    [2.675, 2, 2.67],
    [1.005, 2, 1],
    [0.0078125, 6, 0.007812],
    [37 / 60, 6, 0.616667],
    [350, -2, 400],
    [250, -2, 200],
    [1e300, 6, 1e300],
    [1.5e22, -22, 2e22],
    [2.5e22, -22, 2e22],
    [-9.259e22, -20, -9.26e22],
    [1.25e24, -23, 1.3e24],
    [12345, -23, 0],
    [12345, -320, 0],
    [-1e300, -320, 0],
  ] as const)
    assert.equal(roundHalfEven(value, digits), rounded, `${value}`);
});
