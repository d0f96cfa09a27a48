import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { NameTable, UNKNOWN } from './name-table.ts';

function find(table: NameTable, name: string): number {
  const bytes = Buffer.from(name);
  return table.find(bytes, 0, bytes.length, table.hash(bytes, 0, bytes.length));
}

function add(table: NameTable, name: string, target: number): boolean {
  const bytes = Buffer.from(name);
  return table.add(bytes, 0, bytes.length, table.hash(bytes, 0, bytes.length), target);
}

test('a table answers as a map does, whatever the order', () => {
  const table = new NameTable(10_000, 1_000_000);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.integer({ min: -100 })), { maxLength: 2000 }), (entries) => {
      table.clear();
      const map = new Map<string, number>();
      for (const [name, target] of entries) {
        assert.equal(find(table, name), map.get(name) ?? UNKNOWN);
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
  assert.equal(find(table, 'n0'), UNKNOWN);
  assert.ok(add(table, 'n0', 7));
  assert.equal(find(table, 'n0'), 7);
  assert.equal(add(table, 'x'.repeat(999), 1), false, 'no room for the bytes');
});

test('names made to collide fill a chain, not the thread', () => {
  const table = new NameTable(10_000, 1_000_000);
  let added = 0;
  for (let i = 0; i < 1000; i++) {
    const bytes = Buffer.from(`attack${i}`);
    if (table.add(bytes, 0, bytes.length, 12_345, i)) added++;
  }
  assert.ok(added < 300);
});

test('each table hashes differently', () => {
  const bytes = Buffer.from('some.name');
  assert.notEqual(new NameTable(1, 10).hash(bytes, 0, 9), new NameTable(1, 10).hash(bytes, 0, 9));
});
