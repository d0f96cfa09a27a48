import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rolesText } from './words.ts';

test('roles are said in words', () => {
  assert.equal(rolesText({ role: 'owner', roles: {} }), 'owner');
  assert.equal(rolesText({ role: 'viewer', roles: { shop: 'member', blog: 'owner' } }), 'viewer, member in shop, owner in blog');
  assert.equal(rolesText({ role: 'none', roles: { shop: 'member' } }), 'member in shop');
  assert.equal(rolesText({ role: 'none', roles: {} }), 'nothing', 'the project is gone');
});
