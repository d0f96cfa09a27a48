import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { factOf } from './facts.ts';

test('an event is read with all its fields', () => {
  const line = '_e{6,11}:Deploy|1.2\\nis out|d:1700000000|h:web1|k:rel|p:low|s:ci|t:success|#env:prod,urgent,url:http://x|c:ci-1';
  assert.deepEqual(JSON.parse(JSON.stringify(factOf(line, 1))), {
    kind: 'event',
    time: 1_700_000_000_000,
    title: 'Deploy',
    text: '1.2\nis out',
    tags: { env: 'prod', urgent: 'true', url: 'http://x' },
    data: { host: 'web1', aggregationKey: 'rel', priority: 'low', source: 'ci', alertType: 'success' },
  });
});

test('lengths are bytes, so texts may hold bars and colons', () => {
  const fact = factOf('_e{5,7}:a|b:c|x|y:zé|#a:b', 5);
  assert.deepEqual([fact?.title, fact?.text, fact?.time], ['a|b:c', 'x|y:zé', 5]);
});

test('an event may have no text', () => assert.equal(factOf('_e{2,0}:hi|', 1)?.text, ''));

test('a service check has a state; its message is the last field and may hold bars', () => {
  const fact = factOf('_sc|db.up|2|d:1700000000|h:web1|#a:b|m:gone | for\\ngood', 1);
  assert.deepEqual(JSON.parse(JSON.stringify(fact)), {
    kind: 'service_check',
    time: 1_700_000_000_000,
    title: 'db.up',
    text: 'gone | for\ngood',
    tags: { a: 'b' },
    data: { status: 2, state: 'critical', host: 'web1' },
  });
  assert.equal(factOf('_sc|db.up|0', 7)?.data.state, 'ok');
  assert.equal(factOf('_sc|db.up|0|m:fine', 7)?.text, 'fine');
});

for (const line of ['_e{5,4}:title', '_e{0,1}:|x', '_e{9,9}:short|x', '_e{1,1}:a|bc', '_e{x,1}:a|b', '_sc|name', '_sc|name|4', '_sc||0', '_sc|name|x'])
  test(`${line} is no fact`, () => assert.equal(factOf(line, 1), undefined));

test('tags cannot reach into objects', () => {
  const fact = factOf('_e{1,1}:a|b|#__proto__:x,constructor:y', 1);
  assert.deepEqual(Object.entries(fact?.tags ?? {}), [
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

test('nothing a client sends makes it throw', () => {
  fc.assert(fc.property(fc.constantFrom('_e{', '_sc|', '_e{3,3}:'), fc.string(), (head, rest) => void factOf(head + rest, 1)));
});
