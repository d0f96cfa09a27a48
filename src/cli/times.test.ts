import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lengthOf, secondsOf } from './times.ts';

void test('lengths have a number and a unit', () => {
  assert.deepEqual(['30s', '5min', '1h', '7d', '5m', 'min', '-1h', '1h30min'].map(lengthOf), [30, 300, 3600, 604_800, ...Array(4).fill(undefined)]);
});

void test('moments are ISO times, seconds since 1970, or so long ago', () => {
  assert.equal(secondsOf('2026-11-22T14:00:00Z', 'it'), 1_795_356_000);
  assert.equal(secondsOf('1795356000.5', 'it'), 1_795_356_000.5);
  for (const ago of ['10min', '-10min']) assert.ok(Math.abs(secondsOf(ago, 'it') - (Date.now() / 1000 - 600)) < 60);
  for (const text of ['', 'yesterday', '-10', '1e999']) assert.throws(() => secondsOf(text, '--at'), { code: 'bad_option', message: /--at/ });
});
