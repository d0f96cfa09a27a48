import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { test, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { readConfig } from '../../../core/config/config.ts';
import { parseAddresses } from '../../../core/config/values.ts';
import { allocateCounters, CounterLane, readCounters } from '../../../core/counters.ts';
import { Kind } from '../../../core/series.ts';
import { RecordingWriter } from '../carbon/recording-writer.fixture.ts';
import { Echo } from '../echo.ts';
import { loadLibc, type Libc } from '../udp/libc.ts';
import { listenFast, listenPlainly } from './datagrams.ts';
import { Door } from './door.ts';
import { SLOT_COUNT } from './slots.ts';

/** Both ways of receiving, where this system has both. */
const libc = loadLibc();
const ways: [string, Libc | undefined][] = libc
  ? [
      ['the kernel', libc],
      ['Node', undefined],
    ]
  : [['Node', undefined]];

async function listen(t: TestContext, way: Libc | undefined, list = 'udp://127.0.0.1:0') {
  const config = await readConfig({ 'statsdOptions.receiveBufferMegabytes': '0.2' }, {}, import.meta.dirname);
  const memory = allocateCounters();
  const context = { config, points: new RecordingWriter(), counters: new CounterLane(memory, 'receive'), echo: new Echo(), fact: () => true };
  const door = new Door(context, way ? SLOT_COUNT : 0);
  const addresses = parseAddresses(list, []);
  const part = await (way ? listenFast(way, context, door, addresses) : listenPlainly(context, door, addresses));
  t.after(() => part.stop());
  return { part, door, count: () => readCounters(memory) };
}

for (const [name, way] of ways) {
  test(`datagrams from ${name} arrive whole, with their sender in the echo`, async (t) => {
    const { part, door, count } = await listen(t, way);
    const socket = createSocket('udp4');
    const packets = ['a:1|c\nb:2|ms', 'a:2|c\n', 'a:1|c\n'.repeat(5000)];
    for (const packet of packets) await new Promise((resolve) => socket.send(packet, part.listening[0].port, '127.0.0.1', resolve));
    socket.close();
    while (count()['statsd.udp.packets'] < 3) await turn();
    assert.equal(count()['statsd.udp.bytes'], packets.join('').length);
    door.aggregation.swap();
    assert.equal(door.aggregation.amount(door.aggregation.known(Kind.counter).get('a') as number), 5003);
  });

  test(`a port that is taken is refused by ${name}`, async (t) => {
    const { part } = await listen(t, way);
    await assert.rejects(listen(t, way, `udp://127.0.0.1:${part.listening[0].port}`), { code: 'cannot_listen' });
  });
}

if (libc)
  test('several sockets are drained side by side, and a stop takes what is still there', async (t) => {
    const { part, count } = await listen(t, libc, 'udp://127.0.0.1:0,udp://127.0.0.1:0,udp://[::1]:0');
    const socket = createSocket('udp4');
    const six = createSocket('udp6');
    for (let i = 0; i < 50; i++) {
      for (const { address, port } of part.listening) {
        const via = address === '::1' ? six : socket;
        await new Promise((resolve) => via.send('a:1|c', port, address, resolve));
      }
    }
    await part.stop();
    assert.equal(count()['statsd.udp.packets'], 150);
    socket.close();
    six.close();
  });

if (libc)
  test('what the kernel had to drop is counted', async (t) => {
    const { part, count } = await listen(t, libc);
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.connect(part.listening[0].port, '127.0.0.1', resolve));
    // Sending does not let the event loop turn, so nobody takes anything meanwhile.
    for (let i = 0; i < 3000; i++) socket.send(Buffer.alloc(1000, 'x'));
    await turn();
    const deadline = Date.now() + 5000;
    while (Date.now() < deadline && count()['statsd.udp.packets'] + count()['statsd.dropped.kernel'] < 3000) {
      await turn();
      part.countDrops();
    }
    assert.equal(count()['statsd.udp.packets'] + count()['statsd.dropped.kernel'], 3000);
    assert.ok(count()['statsd.dropped.kernel'] > 0);
    socket.close();
  });
