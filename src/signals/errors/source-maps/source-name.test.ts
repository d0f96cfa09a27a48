import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sourceName } from './source-name.ts';

test('sources are named as people know them, whatever the bundler made of them', () => {
  for (const [source, filename, module, inApp] of [
    ['webpack:///./src/pay.ts', './src/pay.ts', 'src/pay', undefined],
    ['webpack://shop/./src/pay.ts?a1b2', './src/pay.ts', 'src/pay', undefined],
    ['webpack:///./node_modules/lodash/index.js', './node_modules/lodash/index.js', 'node_modules/lodash', false],
    ['webpack:///webpack/bootstrap', 'webpack/bootstrap', 'webpack/bootstrap', false],
    ['webpack:///~/lodash/get.js', '~/lodash/get.js', '~/lodash/get', false],
    ['../../src/pages/index.tsx', '../../src/pages/index.tsx', 'src/pages', undefined],
    ['https://shop.example/src/pay.mjs', '/src/pay.mjs', 'src/pay', undefined],
    ['vite/preload-helper.js', 'vite/preload-helper.js', 'vite/preload-helper', false],
  ] as const)
    assert.deepEqual(sourceName(source), { filename, module, inApp });
});

test('any source has a name of at most 500 characters', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (source) => {
      const { filename, module } = sourceName(source);
      assert.ok(filename.length <= 500 && module.length <= 500);
    }),
  );
});
