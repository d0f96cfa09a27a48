import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { allocateCounters, CounterLane, readCounters } from '../../../core/counters.ts';
import { DeclaredNames } from './names.ts';
import { Sender } from './sender.ts';

const TIMING = { gather: 1, spill: 5, firstRetry: 5, lastRetry: 10 };

/** A carbon that remembers the lines it got. */
class Peer {
  lines: string[] = [];
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  async start(port = 0): Promise<number> {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      let rest = '';
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const parts = (rest + chunk.toString()).split('\n');
        rest = parts.pop() ?? '';
        this.lines.push(...parts);
      });
    });
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

interface Setup {
  peer: Peer;
  port: number;
  names: DeclaredNames;
  counts: () => Record<string, number>;
  sender: (megabytes?: number) => Sender;
}

async function setUp(t: TestContext): Promise<Setup> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-forward-'));
  const peer = new Peer();
  const port = await peer.start();
  const memory = allocateCounters();
  const counters = new CounterLane(memory, 'receive');
  const names = new DeclaredNames();
  names.set(0, 'a.b;k=v');
  const senders: Sender[] = [];
  t.after(async () => {
    await Promise.all(senders.map((sender) => sender.stop()));
    await peer.stop();
    await rm(folder, { recursive: true });
  });
  return {
    peer,
    port,
    names,
    counts: () => readCounters(memory),
    sender(megabytes = 1) {
      const sender = new Sender({ protocol: 'line', host: '127.0.0.1', port }, names, counters, folder, megabytes * 1024 * 1024, TIMING);
      senders.push(sender);
      return sender;
    },
  };
}

async function until(when: () => boolean): Promise<void> {
  while (!when()) await turn();
}

const expected = (count: number): string[] => Array.from({ length: count }, (_, i) => `a.b;k=v ${i} ${1_700_000_000 + i}`);
const push = (sender: Sender, from: number, to: number): void => {
  for (let i = from; i < to; i++) sender.push(0, (1_700_000_000 + i) * 1000 + 999, i);
};

test('points go out in batches', async (t) => {
  const { peer, sender: make, counts } = await setUp(t);
  const sender = make();
  push(sender, 0, 5000);
  await until(() => peer.lines.length === 5000);
  assert.deepEqual(peer.lines, expected(5000));
  assert.equal(counts()['forward.points'], 5000);
  assert.equal(sender.state.connected, true);
});

test('while the other side is away points wait on disk, and all arrive in order', async (t) => {
  const { peer, port, sender: make, counts } = await setUp(t);
  await peer.stop();
  const sender = make();
  for (let i = 0; i < 10; i++) {
    push(sender, i * 100, (i + 1) * 100);
    await until(() => sender.state.queued === 0);
  }
  assert.match(sender.state.problem, /ECONNREFUSED/);
  assert.ok(counts()['forward.spooled_bytes'] > 20_000);
  await peer.start(port);
  push(sender, 1000, 1100);
  await until(() => peer.lines.length >= 1100);
  assert.deepEqual(peer.lines, expected(1100));
  await until(() => sender.state.spooledBytes === 0);
});

test('what a stop could not send is sent by the next start', async (t) => {
  const { peer, port, sender: make } = await setUp(t);
  await peer.stop();
  const first = make();
  push(first, 0, 300);
  await first.stop();
  await peer.start(port);
  const second = make();
  push(second, 300, 400);
  await until(() => peer.lines.length >= 400);
  assert.deepEqual(peer.lines, expected(400));
});

test('a stop sends what is queued', async (t) => {
  const { peer, sender: make } = await setUp(t);
  const sender = make();
  await until(() => sender.state.connected);
  push(sender, 0, 10_000);
  await sender.stop();
  await until(() => peer.lines.length === 10_000);
  assert.deepEqual(peer.lines, expected(10_000));
});

test('a full spool and a full queue drop the newest, counted', async (t) => {
  const { peer, sender: make, counts } = await setUp(t);
  await peer.stop();
  const sender = make(0.01);
  push(sender, 0, 1000);
  await until(() => counts()['forward.dropped.spool_full'] === 1000);
  push(sender, 0, 300_000);
  assert.equal(counts()['forward.dropped.queue_full'], 300_000 - 262_144);
});

test('a peer that comes and goes gets everything', async (t) => {
  const { peer, port, sender: make } = await setUp(t);
  const sender = make();
  await until(() => sender.state.connected);
  for (let round = 0; round < 5; round++) {
    await peer.stop();
    // Carbon never answers: what the kernel took before the end was noticed cannot be known to be lost.
    await until(() => !sender.state.connected);
    push(sender, round * 100, (round + 1) * 100);
    await until(() => sender.state.queued === 0);
    await peer.start(port);
    await until(() => peer.lines.length >= (round + 1) * 100 && sender.state.connected);
  }
  assert.deepEqual(peer.lines, expected(500));
});
