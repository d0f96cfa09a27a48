import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parameterCheck, type ParametersSchema } from './parameters.ts';

const schema: ParametersSchema = {
  type: 'object',
  properties: {
    q: { type: 'string', description: '', minLength: 1, maxLength: 5 },
    limit: { type: 'integer', description: '', minimum: 1, maximum: 10, default: 3 },
    dry: { type: 'boolean', description: '' },
    tag: { type: 'array', items: { type: 'string' }, description: '', maxItems: 2 },
    part: { type: 'object', description: '' },
    parts: { type: 'array', items: { type: 'object' }, description: '', maxItems: 2 },
  },
  required: ['q'],
};

const check = (data: unknown): unknown => {
  const result = parameterCheck(schema)(data);
  return 'value' in result ? result.value : result.error.message.replace('cannot read the request: ', '');
};

test('text becomes what the schema says', () => {
  assert.deepEqual(check({ q: 'x' }), { q: 'x', limit: 3 });
  assert.deepEqual(check({ q: 'x', limit: '7', dry: '1', tag: 'a' }), { q: 'x', limit: 7, dry: true, tag: ['a'] });
  assert.deepEqual(check({ q: 'x', part: { a: 1 }, parts: [{ b: 2 }] }), { q: 'x', limit: 3, part: { a: 1 }, parts: [{ b: 2 }] });
  assert.deepEqual(check({ q: 'x', dry: '0', tag: ['a', 'b'], other: 'left out' }), { q: 'x', limit: 3, dry: false, tag: ['a', 'b'] });
});

test('what does not fit is told by name', () => {
  assert.equal(check({}), 'q is missing');
  assert.equal(check({ q: '' }), 'q is empty');
  assert.equal(check({ q: 'too long' }), 'q may have 5 characters');
  assert.equal(check({ q: ['x', 'y'] }), 'q must be one text');
  assert.equal(check({ q: 'x', limit: '11' }), 'limit must be a whole number from 1 to 10');
  assert.equal(check({ q: 'x', limit: '1.5' }), 'limit must be a whole number from 1 to 10');
  assert.equal(check({ q: 'x', dry: 'maybe' }), 'dry must be 1 or 0');
  assert.equal(check({ q: 'x', tag: ['a', 'b', 'c'] }), 'tag may be given 2 times');
  for (const part of ['x', 1, null, []]) assert.equal(check({ q: 'x', part }), 'part must be an object');
  assert.equal(check({ q: 'x', parts: [{}, 'x'] }), 'parts must be an object');
  assert.equal(check([]), 'a JSON object is needed');
  assert.equal(check(undefined), 'a JSON object is needed');
});

test('whatever is given ends in a value or in words', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom('q', 'limit', 'dry', 'tag', '__proto__', 'constructor'), fc.anything())), (data) => {
      const result = parameterCheck(schema)(data);
      if ('error' in result) assert.equal((result.error as { code?: string }).code, 'bad_parameter');
      else assert.equal(Object.getPrototypeOf(result.value), Object.prototype);
    }),
  );
});
