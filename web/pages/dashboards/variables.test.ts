import assert from 'node:assert/strict';
import test from 'node:test';
import type { Variable } from '../../../src/core/dashboard.ts';
import { choose, chosenOf, substitute } from './variables.ts';

const host: Variable = { name: 'host', label: '', glob: 'servers.*', tag: '', where: [], values: [], default: '', multiple: true };

test('one value stands as it is, several as a glob, all as a star', () => {
  assert.equal(substitute('servers.$host.cpu', { host: ['web-1'] }), 'servers.web-1.cpu');
  assert.equal(substitute('servers.${host}.cpu', { host: ['web-1', 'web-2'] }), 'servers.{web-1,web-2}.cpu');
  assert.equal(substitute("seriesByTag('host=~${host:regex}')", { host: ['*'] }), "seriesByTag('host=~.*')");
  assert.equal(substitute('${host:regex}', { host: ['a.b', 'c'] }), '(a\\.b|c)');
});

test('the whole word is the name, and unknown ones stay', () => {
  assert.equal(substitute('$host.$hostname.$hosts.$1', { host: ['a'], hostname: ['b'] }), 'a.b.$hosts.$1');
});

test('titles list what was chosen', () => {
  assert.equal(substitute('CPU of $host', { host: ['a', 'b'] }, true), 'CPU of a, b');
  assert.equal(substitute('CPU of $host', { host: ['*'] }, true), 'CPU of all');
});

test('a value that would end its expression is not put into it', () => {
  assert.equal(substitute('a.$host', { host: ["x'),randomWalk('y"] }), 'a.$host');
});

test('the address chooses, then the default, then the first value', () => {
  const offers = new Map([['host', ['db-1', 'web-1']]]);
  const params = new URLSearchParams();
  assert.deepEqual(chosenOf([host], params, offers), { host: ['db-1'] });
  assert.deepEqual(chosenOf([{ ...host, default: '*' }], params, offers), { host: ['*'] });
  choose(params, 'host', ['web-1', 'web-2']);
  assert.deepEqual(chosenOf([host], params, offers), { host: ['web-1', 'web-2'] });
  assert.deepEqual(chosenOf([{ ...host, multiple: false }], params, offers), { host: ['web-1'] });
  assert.deepEqual(chosenOf([host], new URLSearchParams(), new Map()), { host: [] });
});
