import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allScopes, isScope, SCOPES } from './scopes.ts';

test('a scope brings the smaller ones with it, and the largest brings all', () => {
  assert.deepEqual(allScopes(['event:admin']), ['event:read', 'event:write', 'event:admin']);
  assert.deepEqual(allScopes(['org:ci']), ['project:read', 'project:releases', 'org:read', 'org:ci']);
  assert.deepEqual(allScopes(['metrics:read', 'metrics:read']), ['metrics:read']);
  assert.deepEqual(allScopes(['org:admin']), Object.keys(SCOPES));
  assert.deepEqual(allScopes([]), []);
});

test('what is no scope is none, whatever objects are made of', () => {
  assert.ok(isScope('org:read'));
  for (const name of ['', 'org', 'toString', '__proto__', 'ORG:READ']) assert.ok(!isScope(name), name);
});
