import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { EventStream, formatEvent } from './sse.ts';

/** Reads a stream as the HTML standard says (9.2.6), for what we send. */
function parseEvents(text: string): { event: string; data: string }[] {
  const events: { event: string; data: string }[] = [];
  let event = '';
  let data: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line === '') {
      if (data.length > 0) events.push({ event, data: data.join('\n') });
      event = '';
      data = [];
    } else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
    else if (line.startsWith('event:')) event = line.slice(6).replace(/^ /, '');
  }
  return events;
}

test('an event arrives as one event with the data that was sent', () => {
  const text = fc.string({
    unit: fc.oneof(
      { weight: 5, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.constantFrom('\n', '\r', '\r\n', ':', ' ', 'data: ', 'event: x') },
    ),
  });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (list) => {
      const wire = list.map((data) => formatEvent('now', data)).join('');
      assert.deepEqual(
        parseEvents(wire),
        list.map((data) => ({ event: 'now', data: data.replace(/\r\n|\r/g, '\n') })),
      );
    }),
  );
});

test('JSON comes through as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(parseEvents(formatEvent('echo', JSON.stringify(value)))[0].data, JSON.stringify(value));
    }),
  );
});

test('events for a reader that does not read are left out, and it is let go', async (t) => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  t.after(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  socket.pause();
  const stream = new EventStream(response);
  const event = formatEvent('now', 'x'.repeat(100_000));
  let sent = 0;
  while (stream.send(event, 1000)) assert.ok(++sent < 1000, 'what waits is bounded');
  assert.ok(response.writableLength < 2_000_000);
  assert.equal(stream.send(event, 20_000), false);
  assert.equal(response.destroyed, false);
  stream.send(event, 40_000);
  assert.equal(response.destroyed, true);
});
