import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvent, readEvents } from './events.ts';

test('events are read across chunks, comments are skipped', async () => {
  const pieces = ['event: echo\nda', 'ta: [1]\n\n: heart', 'beat\n\ndata: a\ndata: b\n\n'];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(new Response(body))) events.push(event);
  assert.deepEqual(events, [
    { event: 'echo', data: '[1]' },
    { event: 'message', data: 'a\nb' },
  ]);
});

test('a block without data is no event', () => assert.equal(parseEvent('event: x'), undefined));
