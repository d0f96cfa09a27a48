import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf, webAddress, whoOf } from './words.ts';

test('who wrote is said by what they left', () => {
  assert.deepEqual(
    [whoOf({ name: 'Eve', email: 'e@x.org' }), whoOf({ name: '', email: 'e@x.org' }), whoOf({ name: '', email: '' })],
    ['Eve', 'e@x.org', 'somebody'],
  );
});

test('a page is shown short, and is a link only where it is one of the web', () => {
  assert.equal(pageOf('https://shop.example.org/cart?x=1#y'), 'shop.example.org/cart');
  assert.equal(pageOf('https://shop.example.org/'), 'shop.example.org');
  for (const odd of ['javascript:alert(1)', 'data:text/html,x', 'not an address', '']) {
    assert.equal(pageOf(odd), odd);
    assert.equal(webAddress(odd), undefined);
  }
  assert.equal(webAddress('https://shop.example.org/cart'), 'https://shop.example.org/cart');
});
