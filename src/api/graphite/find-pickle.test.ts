import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundNode } from './find-nodes.ts';
import { pickleNodes } from './find-pickle.ts';

const hex = (nodes: readonly FoundNode[], until: number): string => Buffer.concat([...pickleNodes(nodes, until)]).toString('hex');
const text = (value: string): string => `58${Buffer.from([value.length, 0, 0, 0]).toString('hex')}${Buffer.from(value).toString('hex')}`;

test('nodes become the opcodes of a list of dictionaries', () => {
  assert.equal(hex([], 1), '80025d2e');
  const branch = `7d28${text('path')}${text('a')}${text('is_leaf')}8975`;
  const leaf = `7d28${text('path')}${text('a')}${text('is_leaf')}88${text('intervals')}5d4a000000004a01000000866175`;
  const nodes = [false, true].map((one) => ({ path: 'a', text: 'a', leaf: one }));
  assert.equal(hex(nodes, 1), `80025d28${branch}${leaf}652e`);
});

test('many nodes come in parts', () => {
  const nodes = Array.from({ length: 4001 }, (_, i) => ({ path: `n${i}`, text: `n${i}`, leaf: true }));
  assert.equal([...pickleNodes(nodes, 1)].length, 5);
});
