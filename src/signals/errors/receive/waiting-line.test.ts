import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { WaitingLine } from './waiting-line.ts';

test('projects take turns, and each is served in its order', () => {
  const line = new WaitingLine<string>({ count: 10, bytes: 100 });
  for (const item of ['a1', 'a2', 'a3']) line.add(1, item, 1);
  line.add(2, 'b1', 1);
  const served = [line.next(), line.next(), line.next(), line.next(), line.next()];
  assert.deepEqual(served, ['a1', 'b1', 'a2', 'a3', undefined]);
});

test('who sends much leaves room for others', () => {
  const line = new WaitingLine<number>({ count: 1000, bytes: 1e6 });
  const fill = (project: number): number => {
    let count = 0;
    for (; line.hasRoom(project, 10); count++) line.add(project, count, 10);
    return count;
  };
  assert.deepEqual([fill(1), fill(2), fill(3)], [500, 250, 125]);
  assert.ok(line.hasRoom(4, 10));
});

test('bytes are bounded as well as their number', () => {
  const line = new WaitingLine<string>({ count: 1000, bytes: 64 });
  assert.ok(line.hasRoom(1, 64), 'one large body always has room where nothing waits');
  line.add(1, 'large', 30);
  assert.ok(!line.hasRoom(1, 20));
  assert.ok(line.hasRoom(2, 20));
  line.next();
  assert.ok(line.hasRoom(1, 20));
});

test('nothing is lost or served twice, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(4), fc.constant('take' as const)), { maxLength: 200 }), (steps) => {
      const line = new WaitingLine<number>({ count: 1e9, bytes: 1e9 });
      const served: number[] = [];
      let added = 0;
      for (const step of steps) {
        if (step === 'take') served.push(...[line.next() ?? []].flat());
        else line.add(step, added++, step);
      }
      assert.equal(line.count, added - served.length);
      for (let item = line.next(); item !== undefined; item = line.next()) served.push(item);
      assert.deepEqual(
        served.toSorted((a, b) => a - b),
        [...Array(added).keys()],
      );
      assert.ok(line.hasRoom(1, 1e9), 'nothing is left behind');
    }),
  );
});
