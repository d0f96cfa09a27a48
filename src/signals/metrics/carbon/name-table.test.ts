import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { NameTable, UNKNOWN } from './name-table.ts';

function find(table: NameTable, name: string): number | undefined {
  const bytes = Buffer.from(name);
  const record = table.find(bytes, 0, bytes.length, table.hash(bytes, 0, bytes.length));
  return record === UNKNOWN ? undefined : table.target(record);
}

function add(table: NameTable, name: string, target: number): boolean {
  const bytes = Buffer.from(name);
  return table.add(bytes, 0, bytes.length, table.hash(bytes, 0, bytes.length), target) !== UNKNOWN;
}

test('a table answers as a map does, whatever the order', () => {
  const table = new NameTable(10_000, 1_000_000);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.integer({ min: -100 })), { maxLength: 2000 }), (entries) => {
      table.clear();
      const map = new Map<string, number>();
      for (const [name, target] of entries) {
        assert.equal(find(table, name), map.get(name));
        if (map.has(name)) continue;
        assert.ok(add(table, name, target));
        map.set(name, target);
      }
      for (const [name, target] of map) assert.equal(find(table, name), target);
      assert.equal(table.count, map.size);
    }),
    { numRuns: 50 },
  );
});

test('a full table says so and works again once it is cleared', () => {
  const table = new NameTable(100, 1000);
  const names = Array.from({ length: 101 }, (_, i) => `n${i}`);
  assert.deepEqual(
    names.map((name, i) => add(table, name, i)),
    names.map((_, i) => i < 100),
  );
  table.clear();
  assert.equal(find(table, 'n0'), undefined);
  assert.ok(add(table, 'n0', 7));
  assert.equal(find(table, 'n0'), 7);
  assert.equal(add(table, 'x'.repeat(999), 1), false, 'no room for the bytes');
});

test('names made to collide fill a chain, not the thread', () => {
  const table = new NameTable(10_000, 1_000_000);
  let added = 0;
  for (let i = 0; i < 1000; i++) {
    const bytes = Buffer.from(`attack${i}`);
    if (table.add(bytes, 0, bytes.length, 12_345, i) !== UNKNOWN) added++;
  }
  assert.ok(added < 300);
});

test('a name is followed by the one that came after it last', () => {
  const table = new NameTable(100, 1000);
  for (const name of ['a', 'bb', 'cc', 'c']) add(table, name, 0);
  const [a, bb, cc, c] = [0, 1, 2, 3];
  const follow = (previous: number, line: string): number => table.follow(previous, Buffer.from(`${line}\n`), 0);
  table.link(a, bb);
  table.link(bb, cc);
  assert.deepEqual([follow(a, 'bb 1'), follow(bb, 'cc\t1')], [bb, cc]);
  assert.deepEqual([follow(a, 'cc 1'), follow(a, 'bbb 1'), follow(a, 'b 1'), follow(a, 'bb'), follow(a, '')], Array(5).fill(UNKNOWN));
  table.link(a, c);
  assert.deepEqual([follow(a, 'bb 1'), follow(a, 'c 1')], [UNKNOWN, c]);
  assert.deepEqual([follow(-1, 'a 1'), follow(99, 'a 1')], [UNKNOWN, UNKNOWN]);
  table.clear();
  assert.equal(follow(a, 'c 1'), UNKNOWN);
});

test('each table hashes differently', () => {
  const bytes = Buffer.from('some.name');
  assert.notEqual(new NameTable(1, 10).hash(bytes, 0, 9), new NameTable(1, 10).hash(bytes, 0, 9));
});
