import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DoctorAnswer } from '../../src/api/contract.ts';
import { eventually, renderValues, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { connectTo, droppedBy, nowOf, residentMegabytes, sendAll, takenBy, write } from './journey.fixture.ts';

/** Memory that a server may take on under attack, megabytes. */
const MOST_GROWTH = 200;

/** A good sender whose lines must keep arriving, whatever others do. */
class GoodSender implements AsyncDisposable {
  readonly #server: RunningServer;
  readonly #socket: Socket;
  #sent = 0;

  constructor(server: RunningServer, socket: Socket) {
    this.#server = server;
    this.#socket = socket;
  }

  /** Sends a line over the connection that has been open all the time, and sees it arrive. */
  async assertHeard(): Promise<void> {
    const value = ++this.#sent;
    await write(this.#socket, `good.sender ${value} -1\n`);
    await eventually(
      () => renderValues(this.#server, 'good.sender'),
      (values) => values.includes(value),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
  }
}

/** Only the doctor tells of the port for admin commands. */
async function adminPort(server: RunningServer): Promise<number> {
  const { checks } = await server.json<DoctorAnswer>('/api/v1/doctor');
  return Number(/:(\d+)$/.exec(checks.find(({ subject }) => subject === 'StatsD admin')?.text ?? '')?.[1]);
}

async function goodSender(server: RunningServer): Promise<GoodSender> {
  const sender = new GoodSender(server, await connectTo(server.port('carbon')));
  await sender.assertHeard();
  return sender;
}

test('random bytes on every socket are counted, and good lines go on', async () => {
  await using server = await startServer();
  await using good = await goodSender(server);
  const before = residentMegabytes(server);
  const udp = createSocket('udp4');
  for (let round = 0; round < 20; round++) {
    await sendAll(server.port('carbon'), randomBytes(200_000));
    await sendAll(server.port('statsd', 'tcp'), randomBytes(200_000));
    await sendAll(server.port('pickle'), randomBytes(200_000));
    const admin = await connectTo(await adminPort(server));
    await write(admin, randomBytes(20_000));
    admin.destroy();
    for (let i = 0; i < 50; i++) {
      udp.send(randomBytes(1 + Math.floor(Math.random() * 1400)), server.port('statsd'), '127.0.0.1');
      udp.send(randomBytes(1 + Math.floor(Math.random() * 1400)), server.port('carbon', 'udp'), '127.0.0.1');
    }
    if (round % 5 === 0) await good.assertHeard();
  }
  udp.close();
  await good.assertHeard();
  await eventually(
    () => nowOf(server),
    ({ drops }) => ['statsd.dropped.bad_line', 'carbon.dropped.bad_line'].every((counter) => drops.some((drop) => drop.counter === counter)),
  );
  assert.ok(residentMegabytes(server) - before < MOST_GROWTH);
  assert.equal(await server.stop(), 0);
});

test('a bad line among good ones costs itself only, on the same connection', async () => {
  await using server = await startServer();
  const lines = ['a.b 1 -1', 'nothing', 'c.d x -1', 'e.f 2 -1', '\u0000\u0001 3 -1', 'g.h 4', '', 'i.j 5 -1', `${'l'.repeat(100_000)} 6 -1`, 'm.n 7 -1'];
  await sendAll(server.port('carbon'), `${lines.join('\n')}\n`);
  for (const [name, value] of [
    ['a.b', 1],
    ['e.f', 2],
    ['i.j', 5],
    ['m.n', 7],
  ] as const)
    await eventually(
      () => renderValues(server, name),
      (values) => values.includes(value),
    );
  const packet = ['hits:1|c', ':|', 'hits:x|c', 'hits:1', `${'l'.repeat(2000)}:1|c`, 'hits:2|c'];
  await sendAll(server.port('statsd', 'tcp'), `${packet.join('\n')}\n`);
  await eventually(
    () => renderValues(server, 'stats_counts.hits'),
    (values) => values.reduce((sum, value) => sum + value, 0) === 3,
  );
});

test('names that look like paths make no files', async () => {
  const folder = temporaryFolder();
  await using server = await startServer({ folder: join(folder, 'data') });
  const names = [
    '../../evil',
    '/tmp/evil',
    '..%2f..%2fevil',
    'a/../../evil',
    'x'.repeat(5000),
    '....//evil',
    'C:\\evil',
    '~/evil',
    'evil\u0000.txt',
    '%2e%2e/evil',
  ];
  await sendAll(server.port('carbon'), names.map((name) => `${name} 1 -1\n`).join(''));
  await sendAll(server.port('statsd', 'tcp'), names.map((name) => `${name}:1|c\n`).join(''));
  await eventually(
    () => takenBy(server, 'statsd'),
    (taken) => taken > 0,
  );
  await eventually(
    async () => (await droppedBy(server, 'carbon.dropped.bad_name')) + (await droppedBy(server, 'carbon.dropped.bad_line')),
    (dropped) => dropped > 0,
  );
  for (const path of ['evil', 'evil.txt', '../evil', 'data/evil']) assert.ok(!existsSync(join(folder, path)));
  assert.ok(!existsSync('/tmp/evil'));
  for (const path of ['/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/assets/..%2f..%2f..%2fpackage.json', '/assets/%00']) {
    const answer = await fetch(server.url + path);
    assert.ok(!(await answer.text()).includes('root:'), path);
  }
  await server.stop();
});

/** Pickles that would run something, are cut short, or lie about themselves; each behind its length. */
const PICKLES: Record<string, Buffer> = {
  'a call of os.system': Buffer.from("cos\nsystem\n(S'touch /tmp/heed-pwned'\ntR."),
  'a call by protocol 4': Buffer.from(
    '80049529000000000000008c05706f736978948c0673797374656d9493948c14746f756368202f746d702f686565642d70776e6564948594529 42e'.replaceAll(' ', ''),
    'hex',
  ),
  'a build': Buffer.from("(i__main__\nEvil\n(dS'x'\nI1\nsb."),
  'a cut list': Buffer.from('80025d71002858030000', 'hex'),
  nothing: Buffer.alloc(0),
  'a huge memo': Buffer.from('80025d72ffffffff2e', 'hex'),
  'a huge string': Buffer.from('800258ffffff7f2e', 'hex'),
  'deep nesting': Buffer.concat([Buffer.from('8002', 'hex'), Buffer.alloc(500_000, 0x5d), Buffer.alloc(499_999, 0x61), Buffer.from('.')]),
  'marks without end': Buffer.concat([Buffer.from('8002', 'hex'), Buffer.alloc(900_000, 0x28)]),
  'a list of itself': Buffer.from('80025d7100680061 2e'.replaceAll(' ', ''), 'hex'),
};

const framed = (pickle: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(pickle.length);
  return Buffer.concat([length, pickle]);
};

/** [('good.pickle', (now, value))] */
function goodPickle(value: number): Buffer {
  return framed(Buffer.from(`(lp0\n(S'good.pickle'\np1\n(I-1\nI${value}\ntp2\ntp3\na.`));
}

test('pickles that would run code, are cut or lie are counted; good ones before and after them count', async () => {
  await using server = await startServer();
  const before = residentMegabytes(server);
  let value = 0;
  for (const [what, pickle] of Object.entries(PICKLES)) {
    await sendAll(server.port('pickle'), Buffer.concat([framed(pickle), goodPickle(++value)]));
    await eventually(
      () => renderValues(server, 'good.pickle'),
      (values) => values.includes(value),
    ).catch(() => assert.fail(`after ${what}, a good pickle is not taken`));
  }
  assert.ok(!existsSync('/tmp/heed-pwned'));
  assert.ok((await droppedBy(server, 'carbon.dropped.bad_pickle')) >= 5);

  // An announced length beyond the bound ends the connection at once.
  const liar = await connectTo(server.port('pickle'));
  const closed = once(liar, 'close');
  liar.resume();
  liar.write(Buffer.from('7fffffff', 'hex'));
  await closed;
  assert.equal(await droppedBy(server, 'carbon.dropped.too_long'), 1);
  assert.ok(residentMegabytes(server) - before < MOST_GROWTH);
});

test('a line without end takes no memory', async () => {
  await using server = await startServer();
  await using good = await goodSender(server);
  const before = residentMegabytes(server);
  const chunk = Buffer.alloc(1 << 20, 0x61);
  for (const [protocol, transport] of [
    ['carbon', 'tcp'],
    ['statsd', 'tcp'],
  ] as const) {
    const socket = await connectTo(server.port(protocol, transport));
    for (let i = 0; i < 200; i++) await write(socket, chunk);
    await write(socket, '\nafter.long 1 -1\nafter.hits:1|c\n');
    await eventually(
      () => droppedBy(server, `${protocol}.dropped.too_long`),
      (count) => count > 0,
    );
    socket.destroy();
  }
  await eventually(
    () => renderValues(server, 'after.long'),
    (values) => values.includes(1),
  );
  await eventually(
    () => renderValues(server, 'stats_counts.after.hits'),
    (values) => values.includes(1),
  );
  await good.assertHeard();
  assert.ok(residentMegabytes(server) - before < MOST_GROWTH);
});

test('thousands of idle and slow connections keep no good sender out', async () => {
  await using server = await startServer({ env: { HEED_CARBON_OPTIONS_MAX_CONNECTIONS: '200' } });
  await using good = await goodSender(server);
  const idle: Socket[] = [];
  for (const port of [server.port('carbon'), server.port('pickle'), server.port('statsd', 'tcp')])
    for (let i = 0; i < 400; i++) {
      const socket = await connectTo(port);
      // Half a line, half a pickle: the rest never comes.
      socket.write(i % 2 ? 'half.a.line' : Buffer.from('000000ff80', 'hex'));
      idle.push(socket);
    }
  await good.assertHeard();
  for (const counter of ['carbon.dropped.connections', 'statsd.dropped.connections'])
    await eventually(
      () => droppedBy(server, counter),
      (count) => count >= 200,
    );
  await eventually(
    () => server.json<DoctorAnswer>('/api/v1/doctor'),
    ({ checks }) => checks.some(({ text }) => text.includes('too many connections')),
  );
  for (const socket of idle) socket.destroy();
  await eventually(
    async () => {
      await sendAll(server.port('carbon'), 'room.again 1 -1\n');
      return renderValues(server, 'room.again');
    },
    (values) => values.includes(1),
  );
});

test('a flood of names is bounded and counted, and known names go on', async () => {
  await using server = await startServer({ args: ['--max-series', '20000'] });
  await using good = await goodSender(server);
  const before = residentMegabytes(server);
  for (let part = 0; part < 20; part++) {
    let lines = '';
    for (let i = 0; i < 10_000; i++) lines += `flood.${part}.${i} 1 -1\n`;
    await sendAll(server.port('carbon'), lines);
  }
  await eventually(
    async () => (await server.json<Record<string, number>>('/api/v1/counters'))['points.received'],
    (received) => received >= 200_000,
    30,
  );
  const counters = await server.json<Record<string, number>>('/api/v1/counters');
  const { series } = (await nowOf(server)).store;
  assert.ok(series <= 20_000);
  assert.ok(counters['points.dropped.too_many_series'] >= 200_000 - 20_000);
  await good.assertHeard();
  assert.ok(residentMegabytes(server) - before < MOST_GROWTH);
});
