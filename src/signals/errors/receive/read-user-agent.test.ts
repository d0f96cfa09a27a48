import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readUserAgent } from './read-user-agent.ts';

test('a browser and its system are told, of nothing nothing', () => {
  const { browser, os } = readUserAgent('Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0');
  assert.deepEqual([browser, os?.name], [{ name: 'Firefox', version: '143.0' }, 'Linux']);
  assert.deepEqual(readUserAgent(''), {});
});

test('whatever is sent as a User-Agent is read without a fault', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readUserAgent(text)));
});
