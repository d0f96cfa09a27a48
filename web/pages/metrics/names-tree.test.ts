import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TreeAnswer } from '../../../src/api/contract.ts';
import type { TreeRow } from '../../widgets/tree-row.tsx';
import { branchesAbove, foundRows, levelRows } from './names-tree.ts';

const draw = (rows: TreeRow[]): string[] => rows.map((row) => `${'  '.repeat(row.depth)}${row.text}${row.branch ? (row.open ? ' v' : ' >') : ''}`);
const found = (...names: string[]) => ({ series: names.map((name) => ({ name, kind: 'gauge' })), more: false, ms: 1 });
const level = (path: string, nodes: [text: string, branch: boolean][], total = nodes.length): TreeAnswer => ({
  path,
  total,
  nodes: nodes.map(([text, branch]) => ({ path: path === '' ? text : `${path}.${text}`, text, leaf: !branch, branch, count: 1 })),
});

test('a target is seen when what stands above it is open', () => {
  assert.deepEqual(branchesAbove('a.b.c'), ['a', 'a.b']);
  assert.deepEqual(branchesAbove('a.b.*.d'), ['a', 'a.b']);
  assert.deepEqual(branchesAbove('a'), []);
  assert.deepEqual(branchesAbove('sumSeries(a.b)'), []);
  assert.deepEqual(branchesAbove('disk.used;host=web1'), []);
});

test('levels are drawn where they are open and have been read', () => {
  const levels = new Map<string, TreeAnswer | 'asked'>([
    [
      '',
      level('', [
        ['a', true],
        ['b', true],
        ['c', false],
      ]),
    ],
    ['a', level('a', [['x', false]], 12)],
    ['b', 'asked'],
  ]);
  assert.deepEqual(draw(levelRows(levels, new Set(['a', 'b']))), ['a v', '  x', '  11 more; search finds them', 'b v', 'c']);
});

test('found names make a tree in their order, with lonely nodes on one row while they fit', () => {
  assert.deepEqual(draw(foundRows(found('a.b.c.mean', 'a.b.c.max', 'z.one'), new Set())), ['a.b.c v', '  mean', '  max', 'z.one']);
  const long = 'stats.timers.bookshop.search.query.mean';
  assert.deepEqual(draw(foundRows(found(long), new Set())), ['stats.timers.bookshop v', '  search.query.mean']);
});

test('a name that is also a branch can be taken and closed; tags stay with the last node', () => {
  const rows = foundRows(found('a', 'a.b', 'c;host=x.y'), new Set(['a']));
  assert.deepEqual(draw(rows), ['a >', 'c;host=x.y']);
  assert.deepEqual([rows[0].leaf, rows[0].count, rows[1].id], [true, 1, 'c;host=x.y']);
});
