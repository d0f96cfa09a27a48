import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { output, writeNumber } from './numbers.ts';

const decoder = new TextDecoder();
const written = (value: number): string => decoder.decode(output.subarray(0, writeNumber(value)));

/** Compares without the cost of an assertion for each of very many. */
function mustBeWritten(value: number): void {
  if (written(value) !== String(value)) assert.equal(written(value), String(value));
}

void test('numbers are written as JavaScript writes them', () => {
  const decimal = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 12 })).map(([digits, decimals]) => digits / 10 ** decimals);
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -1e9, max: 1e9 }), fc.maxSafeInteger(), decimal);
  fc.assert(fc.property(number, mustBeWritten), { numRuns: 10_000 });
  for (const value of [0, -0, 1e-6, 1e-7, 1e21, 1e23, 99_999_999_999.9999, 1e11, 2 ** 53, 4.35, 1.005, Number.MAX_VALUE, 5e-324, 2 ** -1022]) {
    mustBeWritten(value);
    mustBeWritten(-value);
  }
});

void test('so are the least and the greatest fraction of every exponent, every short decimal, and means', () => {
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  for (let exponent = 0; exponent < 2047; exponent++) {
    for (const [low, high] of [
      [0, 0],
      [1, 0],
      [0xffffffff, 0xfffff],
      [0xfffffffe, 0xfffff],
    ]) {
      words.set([low, (exponent << 20) | high]);
      mustBeWritten(value[0]);
    }
  }
  for (let exponent = -330; exponent < 307; exponent++) for (let digits = 1; digits < 100; digits += 3) mustBeWritten(Number(`${digits}e${exponent}`));
  for (let sum = 0; sum < 20_000; sum++) mustBeWritten((sum * 7919) / 11);
});
