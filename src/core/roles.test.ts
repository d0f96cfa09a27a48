import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isRole, type Role, ROLES, rolesText, scopesAnywhere, scopesOf, sees } from './roles.ts';
import { allScopes } from './scopes.ts';

const role = fc.constantFrom(...(Object.keys(ROLES) as Role[]));
const everywhere = fc.oneof(role, fc.constant('none' as const));
const roles = fc.dictionary(fc.constantFrom('1', '2', '3'), role, { noNullPrototype: false });

test('a role in a project gives what it says there and nothing elsewhere', () => {
  const ann = { role: 'viewer' as const, roles: { 2: 'member' as const } };
  assert.ok(allScopes(scopesOf(ann, '2')).includes('event:write'));
  assert.ok(!allScopes(scopesOf(ann, '3')).includes('event:write'));
  assert.ok(!allScopes(scopesOf(ann)).includes('metrics:write'));
  const guest = { role: 'none' as const, roles: { 2: 'viewer' as const } };
  assert.deepEqual([sees(guest, '2'), sees(guest, '1'), sees(ann, '1')], [true, false, true]);
  assert.deepEqual(scopesOf(guest), []);
});

test('only an owner of everything administers', () => {
  fc.assert(
    fc.property(everywhere, roles, fc.constantFrom('1', '2', '9'), (everything, own, project) => {
      const who = { role: everything, roles: own };
      const here = allScopes(scopesOf(who, project));
      assert.equal(here.includes('org:admin'), everything === 'owner');
      for (const scope of here) assert.ok(allScopes(scopesAnywhere(who)).includes(scope));
      assert.equal(here.length > 0, sees(who, project));
      for (const scope of allScopes(scopesOf(who))) assert.ok(here.includes(scope), 'a role of a project takes nothing away');
    }),
  );
});

test('names of objects are no roles', () => {
  for (const odd of ['', 'constructor', '__proto__', 'none', 'Owner']) assert.equal(isRole(odd), false);
  assert.equal(sees({ role: 'none', roles: {} }, 'constructor'), false);
});

test('roles are said in words', () => {
  assert.equal(rolesText({ role: 'owner', roles: {} }), 'owner');
  assert.equal(rolesText({ role: 'viewer', roles: { shop: 'member', blog: 'owner' } }), 'viewer, member in shop, owner in blog');
  assert.equal(rolesText({ role: 'none', roles: { shop: 'member' } }), 'member in shop');
  assert.equal(rolesText({ role: 'none', roles: {} }), 'nothing', 'the project is gone');
});
