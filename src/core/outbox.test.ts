import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Outbox } from './outbox.ts';

void test('what comes in one turn goes together, in order, and once', async () => {
  const posted: [number[], number][] = [];
  const outbox = new Outbox<number>((messages, transfer) => posted.push([messages, transfer.length]));
  outbox.push(1, [new ArrayBuffer(1)]);
  outbox.push(2);
  assert.deepEqual(posted, []);
  await turn();
  assert.deepEqual(posted, [[[1, 2], 1]]);
  outbox.push(3);
  outbox.flush();
  outbox.flush();
  await turn();
  assert.deepEqual(posted.slice(1), [[[3], 0]]);
});

void test('what several promises add as they go on goes together', async () => {
  const posted: number[][] = [];
  const outbox = new Outbox<number>((messages) => posted.push(messages));
  const begin = Promise.withResolvers<void>();
  const all = Promise.all([1, 2, 3].map((number) => begin.promise.then(async () => Promise.resolve()).then(() => outbox.push(number))));
  begin.resolve();
  await all;
  await turn();
  assert.deepEqual(posted, [[1, 2, 3]]);
});
