import assert from 'node:assert/strict';
import test from 'node:test';
import { panelAt, panelKey } from './panel-key.ts';
import { freeSlug } from './slug.ts';

test('a title makes an address, and a number makes it free', () => {
  assert.equal(freeSlug('Bookshop: Überblick!', new Set()), 'bookshop-uberblick');
  assert.equal(freeSlug('Shop', new Set(['shop', 'shop-2'])), 'shop-3');
  assert.equal(freeSlug('日本', new Set()), 'dashboard');
});

test('a panel is known by its title, and one of two by its number', () => {
  const panels = [{ title: 'Search p95' }, { title: 'Errors' }, { title: 'errors' }, { title: '' }];
  assert.deepEqual(
    panels.map((_, index) => panelKey(panels, index)),
    ['search-p95', 'errors', 'errors-2', 'panel'],
  );
  assert.equal(panelAt(panels, 'errors-2'), 2);
  assert.equal(panelAt(panels, 'gone'), -1);
});
