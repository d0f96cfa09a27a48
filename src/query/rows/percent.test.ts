import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillPercent, formatFixed, scaleToUnit } from './percent.ts';

void test('fixed digits are written as C writes %.2f', () => {
  for (const [value, digits, text] of [
    [1, 2, '1.00'],
    [0.125, 2, '0.12'],
    [0.375, 2, '0.38'],
    [-0.125, 2, '-0.12'],
    [2.5, 0, '2'],
    [3.5, 0, '4'],
    [2.675, 2, '2.67'],
    [-0.001, 2, '-0.00'],
    [1e21, 2, '1000000000000000000000.00'],
    [1e21, 0, '1000000000000000000000'],
    [Infinity, 2, 'inf'],
  ] as const)
    assert.equal(formatFixed(value, digits), text);
});

void test('a template takes a number as it does in Python', () => {
  for (const [template, value, text] of [
    ['c=%d', 42, 'c=42'],
    ['%d', -1.9, '-1'],
    ['%d', -0.5, '0'],
    ['%i%%', 7, '7%'],
    ['%f', 1.5, '1.500000'],
    ['%.1f', 0.25, '0.2'],
    ['%s', 42, '42.0'],
    ['%r', 0.1, '0.1'],
    ['%g', 1_234_567, '1.23457e+06'],
    ['%.3g', 1234, '1.23e+03'],
    ['%.0g', 1234, '1e+03'],
    ['%e', 1234.5, '1.234500e+03'],
    ['%.1E', 0.00012, '1.2E-04'],
    ['[%6.1f]', 3.14, '[   3.1]'],
    ['[%-6.1f]', 3.14, '[3.1   ]'],
    ['[%06.1f]', -3.14, '[-003.1]'],
    ['%+d', 5, '+5'],
    ['% d', 5, ' 5'],
    ['[%8s]', 1, '[     1.0]'],
    ['nothing', 1, 'nothing'],
    ['100%', 1, '100%'],
    ['%q %', 1, '%q %'],
    ['%d and %s', 2, '2 and 2.0'],
  ] as const)
    assert.equal(fillPercent(template, value), text, template);
});

void test('widths and digits have a bound', () => {
  assert.equal(fillPercent('%999999999d', 1).length, 60);
  assert.equal(fillPercent('%.999999999f', 1).length, 62);
});

void test('a number is told in the largest unit it fills', () => {
  assert.deepEqual(scaleToUnit(999, 'si'), { value: 999, prefix: '' });
  assert.deepEqual(scaleToUnit(-1000, 'si'), { value: -1, prefix: 'k' });
  assert.deepEqual(scaleToUnit(1000, 'binary'), { value: 1000, prefix: '' });
  assert.deepEqual(scaleToUnit(1024, 'binary'), { value: 1, prefix: 'Ki' });
  assert.deepEqual(scaleToUnit(1024 ** 5 * 2048, 'binary'), { value: 2048, prefix: 'Pi' });
  assert.deepEqual(scaleToUnit(0, 'si'), { value: 0, prefix: '' });
});
