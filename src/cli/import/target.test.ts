import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetOf } from './target.ts';

test('a name becomes a target that the grammar reads', () => {
  const rows: [name: string, target: string][] = [
    ['a.b-c_d', 'a.b-c_d'],
    ['disk.used;host=a.b', 'disk.used;host=a.b'],
    ['a b.load[1].größe(x)', 'a?b.load?1?.gr??e?x?'],
    ['t;k=a b;m=x', "seriesByTag('name=t','k=a b','m=x')"],
    [`t;k=it's;m="x" '`, `seriesByTag('name=t',"k=it's")`],
  ];
  for (const [name, target] of rows) assert.equal(targetOf(name), target);
});
