import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitLink } from './commit-link.ts';

test('commits are linked where the host is known', () => {
  const id = 'a'.repeat(40);
  for (const repository of ['https://github.com/acme/shop', 'git@github.com:acme/shop.git', 'github.com/acme/shop/'])
    assert.equal(commitLink(repository, id), `https://github.com/acme/shop/commit/${id}`);
  assert.equal(commitLink('https://gitlab.com/acme/team/shop.git', id), `https://gitlab.com/acme/team/shop/-/commit/${id}`);
  for (const other of ['acme/shop', 'https://evil.example/acme/shop', 'javascript:alert(1)//github.com/a/b', '', 'github.com/../..'])
    assert.doesNotMatch(commitLink(other, id), /evil|javascript/);
  assert.equal(commitLink('acme/shop', id), '');
  assert.equal(commitLink('https://github.com/acme/shop', 'HEAD'), '');
});
