import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { listOfTags, tagsOfList } from './tag-list.ts';

void test('tags have a value or none', () => {
  assert.deepEqual(
    { ...tagsOfList(['release', 'env:prod', '', 'url:http://a:1', '__proto__']) },
    { release: 'true', env: 'prod', url: 'http://a:1', ['__proto__']: 'true' },
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/)), (list) => {
      assert.deepEqual(listOfTags(tagsOfList(list)), list);
    }),
  );
});
