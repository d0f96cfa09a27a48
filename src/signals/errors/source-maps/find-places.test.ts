import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { findPlaces } from './find-places.ts';
import { parseMap } from './open-map.ts';

// `function a(){throw 1}a();` of `function pay() {\n  throw 1;\n}\npay();`
const MINIFIED = ['function a(){throw 1}a();'];
const SOURCE = 'function pay() {\r\n  throw 1;\r\n}\r\npay();';
const MAP = { version: 3, sources: ['shop.js'], sourcesContent: [SOURCE], names: ['pay'], mappings: 'AAAA,SAASA,IACP,QAEFA' };
const map = (part = {}): ReturnType<typeof parseMap> => parseMap(JSON.stringify({ ...MAP, ...part }));
const place = (column: number, part = {}): Parameters<typeof findPlaces>[1][number] => ({ line: 1, column, function: '', caller: -1, ...part });
const find = (of: ReturnType<typeof parseMap>, ...places: Parameters<typeof findPlaces>[1]): ReturnType<typeof findPlaces> =>
  findPlaces(of, places, async () => MINIFIED);

test('a place is told with its lines, and named by what its caller calls there', async () => {
  const [call, thrown] = await find(map(), place(21, { function: '<anonymous>' }), place(13, { function: 'a', caller: 0 }));
  assert.deepEqual(thrown, {
    source: 'shop.js',
    line: 2,
    column: 3,
    function: 'pay',
    context: { before: ['function pay() {'], line: '  throw 1;', after: ['}', 'pay();'] },
  });
  assert.deepEqual([call?.line, call?.function], [4, '']);
});

test('a callback is not named by what called its caller', async () => {
  const [, thrown] = await find(map(), place(21), place(13, { function: 'b', caller: 0 }));
  assert.equal(thrown?.function, '');
});

test('sources may be missing, and places outside of the map', async () => {
  const [thrown, outside] = await find(map({ sourcesContent: [null] }), place(13), place(0, { line: 9 }));
  assert.deepEqual([thrown?.line, thrown?.context, outside], [2, undefined, undefined]);
});

test('maps of sections and those that begin as no script are read', async () => {
  const sections = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: MAP }] };
  for (const text of [JSON.stringify(sections), `)]}'\n${JSON.stringify(MAP)}`]) {
    const [thrown] = await find(parseMap(text), place(13));
    assert.equal(thrown?.line, 2);
  }
});

test('whatever is in a map, it is read or refused, and what is told are texts and numbers', async () => {
  const field = fc.oneof(fc.jsonValue(), fc.constantFrom('AAAA,SAASA', 'AAgggggggggggggggB', [null], [7], ['__proto__'], -1));
  const part = fc.record({ sources: field, names: field, mappings: field, sourcesContent: field, sections: field }, { requiredKeys: [] });
  const property = fc.asyncProperty(part, async (told) => {
    try {
      for (const found of await find(map(told), place(13), place(21, { function: 'a', caller: 0 }))) {
        if (!found) continue;
        assert.deepEqual([typeof found.source, typeof found.line, typeof found.column, typeof found.function], ['string', 'number', 'number', 'string']);
      }
    } catch (error) {
      assert.ok(error instanceof HeedError, String((error as Error).stack));
    }
  });
  await fc.assert(property, { numRuns: 1500 });
});
