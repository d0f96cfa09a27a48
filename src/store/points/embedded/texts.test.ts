import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { packTexts, unpackTexts } from './texts.ts';

void test('texts come out as they went in', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => assert.deepEqual(unpackTexts(packTexts(texts)), texts)));
});
