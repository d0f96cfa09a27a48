import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assigneeOf } from './assignee.ts';

const PEOPLE = [
  { id: 1, name: 'Ann', email: 'ann@example.org' },
  { id: 5, name: '1', email: 'one@example.org' },
];

test('somebody is known by number, address and name; who is not here stays as they were said', () => {
  for (const said of ['user:1', '1', 'Ann@Example.org', 'user:ann@example.org', 'ann', 'ANN']) assert.equal(assigneeOf(said, PEOPLE), 'Ann', said);
  assert.equal(assigneeOf('5', PEOPLE), '1', 'a number before a name');
  for (const other of ['', 'bob', 'user:9', 'team:1', 'bob@example.org']) assert.equal(assigneeOf(other, PEOPLE), other, other);
});
