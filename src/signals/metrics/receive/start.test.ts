import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { readConfig } from '../../../core/config/config.ts';
import { allocateCounters, readCounters } from '../../../core/counters.ts';
import type { Fact } from '../../../core/fact.ts';
import { defaultPolicy } from '../../../core/policy.ts';
import { openPoints } from '../../../store/points/embedded/open.ts';
import { startReceiver, type Receiver } from './start.ts';

async function open(t: TestContext, flags: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'heed-receive-'));
  const counters = allocateCounters();
  const local = { statsd: '127.0.0.1:0', statsdAdmin: '127.0.0.1:0', carbon: '127.0.0.1:0', pickle: '127.0.0.1:0' };
  const config = await readConfig({ ...local, ...flags, data: folder }, {}, folder);
  const store = await openPoints({ folder: join(folder, 'points'), policy: defaultPolicy(), maxSeries: 1000, counters });
  const running: Receiver[] = [];
  t.after(async () => {
    await Promise.all(running.map((receiver) => receiver.stop()));
    await store[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  const facts: Fact[] = [];
  const start = async (): Promise<Receiver> => {
    const receiver = await startReceiver({ config, points: store.connect(), counters, onFact: (fact) => facts.push(fact) });
    running.push(receiver);
    return receiver;
  };
  return { store, start, facts, count: () => readCounters(counters) };
}

async function send(port: number, text: string): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.send(text, port, '127.0.0.1', resolve));
  socket.close();
}

test('the thread takes StatsD and Carbon, echoes, hands on facts, and stores what it holds when it stops', async (t) => {
  const { store, start, facts, count } = await open(t);
  const receiver = await start();
  assert.deepEqual(receiver.listening.map(({ protocol, transport }) => `${protocol} ${transport}`).toSorted(), [
    'carbon tcp',
    'carbon udp',
    'pickle tcp',
    'statsd tcp',
    'statsd udp',
    'statsd-admin tcp',
  ]);
  const port = (protocol: string): number => receiver.listening.find((one) => one.protocol === protocol && one.transport === 'udp')?.port ?? 0;
  await send(port('statsd'), 'a.b:1|c\n_e{2,2}:hi|yo');
  await send(port('carbon'), `c.d 5 ${Math.floor(Date.now() / 1000)}\n`);
  while (facts.length < 1 || count()['carbon.udp.packets'] < 1) await turn();
  assert.equal(facts[0].title, 'hi');
  const notes = await receiver.echo(0);
  assert.deepEqual(notes.map(({ protocol }) => protocol).toSorted(), ['carbon', 'statsd']);
  assert.deepEqual(await receiver.echo(notes.at(-1)?.id ?? 0), []);
  assert.equal(await receiver.seriesInUse(), 1 + 3, 'StatsD counts itself in three series');
  await receiver.stop();
  const found = await store.reader().select({ glob: '{stats_counts.a.b,c.d}' }, 10);
  assert.deepEqual(
    found.map(({ name }) => name),
    ['c.d', 'stats_counts.a.b'],
  );
  assert.deepEqual(await receiver.echo(0), [], 'after the end there is nothing to tell');
});

test('a taken address is refused by name and leaves nothing open', async (t) => {
  const { start } = await open(t);
  const first = await start();
  const taken = first.listening.find(({ protocol, transport }) => protocol === 'carbon' && transport === 'tcp')?.port;
  const second = await open(t, { carbon: `tcp://127.0.0.1:${taken}` });
  await assert.rejects(second.start(), { code: 'cannot_listen', message: /EADDRINUSE/ });
});
