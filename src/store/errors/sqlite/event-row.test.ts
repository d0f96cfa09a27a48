import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { makeEvent } from '../contract/world.ts';
import { packBody, unpackBody } from './body.ts';
import { rowOf, tagsOf } from './event-row.ts';

describe('tags of an event', () => {
  it('are its own and what can be searched besides', () => {
    const { event } = makeEvent('a', {
      release: 'shop@1',
      environment: 'live',
      transaction: '/cart',
      request: { url: 'https://shop.example/' },
      exception: [{ type: 'First' }, { type: 'TypeError', mechanism: { type: 'onerror' } }],
      tags: [
        ['browser', 'Firefox'],
        ['browser', 'again'],
        ['environment', 'not this'],
        ['empty', ''],
      ],
    });
    assert.deepEqual(Object.fromEntries(tagsOf(event, 'id:1', false)), {
      level: 'error',
      environment: 'live',
      release: 'shop@1',
      user: 'id:1',
      transaction: '/cart',
      url: 'https://shop.example/',
      handled: 'no',
      'error.type': 'TypeError',
      mechanism: 'onerror',
      browser: 'Firefox',
    });
  });

  it('are cut and bounded', () => {
    const { event } = makeEvent('a', { tags: Array.from({ length: 500 }, (_, i) => [`key ${i} ${'k'.repeat(500)}`, 'v'.repeat(5000)]) });
    const tags = tagsOf(event, '', undefined);
    assert.equal(tags.length, 100);
    for (const [key, value] of tags) assert.ok(key.length <= 200 && value.length <= 200);
  });
});

describe('rows of events', () => {
  it('hold one number a user, and one of each hash', () => {
    const row = rowOf(makeEvent('a', { user: { id: '5' } }, { hashes: ['a', 'b', 'a'] }));
    assert.deepEqual(row?.hashes, ['a', 'b']);
    assert.ok(Number.isSafeInteger(row?.user) && (row?.user ?? 0) > 0);
    assert.equal(row?.user, rowOf(makeEvent('b', { user: { id: '5' } }))?.user);
    assert.equal(rowOf(makeEvent('a'))?.user, 0);
  });

  it('are not made of what has no id, time or hash', () => {
    assert.equal(rowOf(makeEvent('a', { event_id: 'A'.repeat(32) })), undefined);
    assert.equal(rowOf(makeEvent('a', { timestamp: Infinity })), undefined);
    assert.equal(rowOf(makeEvent('a', {}, { hashes: [] })), undefined);
  });

  it('are packed and unpacked, with and without a dictionary', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, like) => {
        const [json, dictionary] = [JSON.stringify({ event: value }), Buffer.from(JSON.stringify({ event: like }))];
        assert.deepEqual(unpackBody(packBody(json).packed), JSON.parse(json));
        assert.deepEqual(unpackBody(packBody(json, dictionary).packed, dictionary), JSON.parse(json));
      }),
    );
  });
});
