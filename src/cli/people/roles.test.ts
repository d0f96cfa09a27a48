import assert from 'node:assert/strict';
import { test } from 'node:test';
import { givenRoles } from './roles.ts';

test('roles are read as they are said', () => {
  assert.deepEqual(givenRoles('viewer', undefined), { role: 'viewer', roles: {} });
  assert.deepEqual(givenRoles('none', 'shop=member, blog=owner'), { role: 'none', roles: { shop: 'member', blog: 'owner' } });
});

test('what is no role is refused with what there is', () => {
  assert.throws(() => givenRoles('root', undefined), { code: 'bad_option', message: /there are owner, member, viewer, and none/ });
  for (const bad of ['shop', 'shop=', 'shop=root', 'shop=member=x', 'shop=none'])
    assert.throws(() => givenRoles('viewer', bad), { code: 'bad_option', message: /shop=member/ });
});
