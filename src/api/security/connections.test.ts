import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { limitConnections } from './connections.ts';

test('silent connections push out each other, never one that is being answered', async (t) => {
  const answers: (() => void)[] = [];
  const server = createServer((_, response) => {
    answers.push(() => response.end('done'));
    server.emit('asked');
  });
  limitConnections(server, 3);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    t.after(() => socket.destroy());
    const seen = once(server, 'connection');
    await once(socket, 'connect');
    await seen;
    return socket;
  };
  t.after(() => server.close());

  const busy = await open();
  const asked = once(server, 'asked');
  busy.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await asked;

  const silent = [];
  for (let i = 0; i < 3; i++) silent.push(await open());
  const pushedOut = once(silent[0], 'close');
  await open();
  await pushedOut;
  assert.equal(silent[1].destroyed, false);

  const answer = once(busy, 'data');
  answers[0]();
  assert.match(String((await answer)[0]), /done/);
});
