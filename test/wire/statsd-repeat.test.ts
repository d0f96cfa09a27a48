import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { runStatsd } from './statsd.fixture.ts';

test('every packet goes on to other servers as it came, by UDP and by TCP', async (t) => {
  const udp = createSocket('udp4').bind(0, '127.0.0.1');
  await once(udp, 'listening');
  t.after(() => udp.close());
  const tcp = createServer().listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  t.after(() => tcp.close());
  const connection = once(tcp, 'connection') as Promise<[Socket]>;
  const { port } = tcp.address() as { port: number };
  const statsd = await runStatsd(t, { 'statsdOptions.repeat': `udp://127.0.0.1:${udp.address().port},tcp://127.0.0.1:${port}` });
  const long = Array.from({ length: 400 }, (_, i) => `name${i}:1|c`).join('\n');
  const packets: string[] = [];
  udp.on('message', (message) => packets.push(message.toString()));
  const [peer] = await connection;
  let text = '';
  peer.on('data', (chunk) => (text += String(chunk)));
  await statsd.udp('a:1|c\nbroken\n', long);
  const socket = await statsd.tcp();
  socket.end('b:1|c\n');
  while (packets.length < 3 || !text.endsWith('b:1|c\n')) await new Promise(setImmediate);
  assert.deepEqual(packets, ['a:1|c\nbroken\n', long, 'b:1|c\n']);
  assert.equal(text, `a:1|c\nbroken\n${long}\nb:1|c\n`);
  assert.equal(statsd.count('statsd.dropped.repeater'), 0);
});

test('a server that is away costs counted drops and nothing else', async (t) => {
  const statsd = await runStatsd(t, { 'statsdOptions.repeat': 'tcp://127.0.0.1:1' });
  while (statsd.count('statsd.dropped.repeater') === 0) await statsd.udp('a:1|c');
  assert.ok((await statsd.flush())['stats_counts.a'] > 0);
});
