import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeclaredNames } from './names.ts';
import { PointQueue } from './queue.ts';

test('names of numbers in use stay, however many others are declared', () => {
  const names = new DeclaredNames(3);
  for (let id = 0; id < 65_536 * 6; id++) {
    names.set(id, `n${id}`);
    if (id % 1000 === 0) assert.equal(names.get(7 <= id ? 7 : 0), 7 <= id ? 'n7' : 'n0');
  }
  assert.equal(names.get(7), 'n7');
  assert.equal(names.get(65_536 * 2), undefined);
  assert.equal(names.get(65_536 * 6 - 1), `n${65_536 * 6 - 1}`);
});

test('a queue is first in, first out, and refuses when it is full', () => {
  const queue = new PointQueue(5);
  const out: number[] = [];
  let next = 0;
  for (let round = 0; round < 20; round++) {
    while (queue.push(next, next * 2, next * 3)) next++;
    assert.equal(queue.length, 5);
    queue.take(1 + (round % 7), (id, time, value) => {
      assert.deepEqual([time, value], [id * 2, id * 3]);
      out.push(id);
    });
  }
  assert.deepEqual(
    out,
    out.map((_, i) => i),
  );
});
