import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '../../../src/core/error-event.ts';
import { crumbWords, beforeEvent, trailMeta } from './crumbs.ts';
import { isVoid, safeLink, shown } from './values.ts';

test('a value stands on one line as a console shows it', () => {
  assert.equal(shown({ pages: [], took: 1840, by: 'ann' }, 400), '{ pages: [], took: 1840, by: "ann" }');
  assert.equal(shown('as it is', 400), 'as it is');
  assert.equal(shown(null, 400), 'null');
});

test('a value of any shape and size is cut, never refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.ok(typeof shown(value as Json, 50) === 'string');
    }),
  );
  assert.ok(shown(Array(100_000).fill('x'.repeat(100)), 400).length < 1200);
  let deep: Json = 'end';
  for (let i = 0; i < 1000; i++) deep = [deep];
  assert.match(shown(deep, 400), /…/);
});

test('what is not there is told from what is', () => {
  assert.deepEqual(
    [null, '', 'undefined', 'None', [], {}, 0, false, 'x'].map((value) => isVoid(value as Json)),
    [true, true, true, true, true, true, false, false, false],
  );
});

test('only harmless addresses become links', () => {
  assert.equal(safeLink('https://shop.test/a?b=c'), 'https://shop.test/a?b=c');
  assert.equal(safeLink('mailto:ann@shop.test'), 'mailto:ann@shop.test');
  for (const bad of ['javascript:alert(1)', ' https://x', 'data:text/html,x', 'java\nscript:alert(1)', 'https://', '//x', `https://x/${'a'.repeat(3000)}`])
    assert.equal(safeLink(bad), undefined, bad);
});

test('breadcrumbs are told by their kind', () => {
  const crumb = { type: 'default', level: 'info' } as const;
  assert.deepEqual(crumbWords({ ...crumb, category: 'navigation', data: { from: '/', to: '/search' } }), {
    icon: 'nav',
    state: undefined,
    lead: 'Page',
    code: '/ → /search',
    note: '',
    rest: [],
  });
  const call = crumbWords({ ...crumb, type: 'http', data: { method: 'POST', url: '/books', status_code: 502, duration: 1840 } });
  assert.deepEqual([call.lead, call.code, call.note, call.state], ['POST', '/books', '502, 1.84 s', 'bad']);
  assert.equal(crumbWords({ ...crumb, category: 'query', message: 'select 1' }).icon, 'db');
  assert.equal(crumbWords({ ...crumb, category: 'ui.click', message: 'button.go' }).lead, 'Click on');
  const log = crumbWords({ ...crumb, category: 'shop.cart', level: 'warning', message: 'low' });
  assert.deepEqual([log.lead, log.code, log.state], ['warn shop.cart', 'low', 'warn']);
  assert.equal(crumbWords({ ...crumb, data: { a: 1 } }).code, '{ a: 1 }');
});

test('a breadcrumb says how long before the event it was', () => {
  assert.deepEqual([beforeEvent(0, 2310), beforeEvent(20, 0), beforeEvent(0, 1_800_000)], ['−2.31 s', '+0.02 s', '−30 min']);
  assert.equal(trailMeta({ timestamp: 2310, breadcrumbs: [{ type: 'x', level: 'info', timestamp: 0 }] }), '1 breadcrumb, 2.3 s');
  assert.equal(trailMeta({ timestamp: 1, breadcrumbs: [] }), '0 breadcrumbs');
});
