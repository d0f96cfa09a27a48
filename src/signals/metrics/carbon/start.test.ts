import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { CarbonDoor } from './door.ts';
import { LineParser } from './line.ts';
import { NameTable } from './name-table.ts';
import { runCarbon, type Running } from './running.fixture.ts';
import { listenUdp } from './udp.ts';

const names = ({ writer }: Running): string[] => writer.points.map(([name]) => name);

test('lines come in by TCP, cut anywhere', async (t) => {
  const running = await runCarbon(t);
  const socket = await running.connect();
  socket.setNoDelay();
  for (const piece of ['a 1 1700000000\nb.', 'c 2', ' 17000', '00000\r', '\nbad\nd 4 1700000000\ne 5 17']) {
    socket.write(piece);
    const bytes = running.counts()['carbon.tcp.bytes'];
    await running.until(() => running.counts()['carbon.tcp.bytes'] > bytes);
  }
  socket.end();
  await running.until(() => running.counts()['carbon.dropped.bad_line'] === 2);
  assert.deepEqual(names(running), ['a', 'b.c', 'd']);
  assert.deepEqual(
    running.context.echo.since(0).map(({ bytes }) => Buffer.from(bytes).toString()),
    ['a 1 1700000000\nb.', 'bad\nd 4 1700000000\ne 5 17'],
    'the echo shows whole lines and what may begin one',
  );
  assert.equal(running.counts()['carbon.lines'], 3);
});

test('lines come in by UDP, the last one with or without newline', async (t) => {
  const running = await runCarbon(t);
  const port = running.port('carbon', 'udp');
  const socket = createSocket('udp4');
  t.after(() => socket.close());
  socket.send('a 1 -1\nb 2 -1', port, '127.0.0.1');
  await running.until(() => running.writer.points.length === 2);
  socket.send('c 3 -1\n', port, '127.0.0.1');
  await running.until(() => running.writer.points.length === 3);
  assert.deepEqual(names(running), ['a', 'b', 'c']);
  assert.equal(running.counts()['carbon.udp.packets'], 2);
});

test('lines come in by UDP where only Node has sockets', async (t) => {
  const running = await runCarbon(t);
  const parser = new LineParser(new CarbonDoor(running.writer, running.context.counters, new NameTable(1000)), running.context.counters);
  const part = await listenUdp(undefined, running.context, { transport: 'udp', host: '127.0.0.1', port: 0, path: '' }, parser);
  t.after(() => part.stop());
  const socket = createSocket('udp4');
  t.after(() => socket.close());
  running.writer.room = 2;
  socket.send('a 1 -1\nb 2 -1\nc 3 -1', part.listening[0].port, '127.0.0.1');
  await running.until(() => running.counts()['points.dropped.queue_full'] === 1);
  assert.deepEqual(names(running), ['a', 'b']);
  assert.equal(running.context.echo.since(0)[0].from, '127.0.0.1');
});

test('a full queue makes a TCP sender wait and loses nothing', async (t) => {
  const running = await runCarbon(t);
  running.writer.room = 10;
  const socket = await running.connect();
  const lines = Array.from({ length: 5000 }, (_, i) => `name.${i} ${i} 1700000000\n`);
  socket.write(lines.join(''));
  while (running.writer.points.length < lines.length) {
    await running.until(() => running.writer.isWaitedFor);
    running.writer.drain(997);
    await turn();
  }
  assert.deepEqual(
    running.writer.points.map(([, , value]) => value),
    lines.map((_, i) => i),
  );
  socket.destroy();
});

test('a line without end is counted once and the next line is taken', async (t) => {
  const running = await runCarbon(t);
  const socket = await running.connect();
  socket.write(`${'x'.repeat(300_000)} 1 1700000000\na 1 1700000000\n`);
  await running.until(() => running.writer.points.length === 1);
  assert.equal(running.counts()['carbon.dropped.too_long'], 1);
  socket.destroy();
});

test('connections above the limit are refused and counted', async (t) => {
  const running = await runCarbon(t, { 'carbonOptions.maxConnections': '2' });
  const kept = [await running.connect(), await running.connect()];
  const third = await running.connect();
  await once(third, 'close');
  assert.equal(running.counts()['carbon.dropped.connections'], 1);
  for (const socket of kept) socket.destroy();
});

test("carbon's own files count, and a stop writes what was aggregated", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'heed-carbon-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'blacklist.conf'), '^noise\\.\n');
  await writeFile(join(folder, 'rewrite-rules.conf'), '[pre]\n^old\\. = new.\n');
  await writeFile(join(folder, 'aggregation-rules.conf'), 'new.all (60) = sum new.web*\n');
  const running = await runCarbon(t, { carbonConf: folder });
  const socket = await running.connect();
  socket.end('noise.a 1 1700000000\nold.web1 1 1700000000\nold.web2 2 1700000000\n');
  await running.until(() => running.counts()['carbon.lines'] === 2);
  await running.carbon.stop();
  assert.deepEqual(
    running.writer.points.map(([name, , value]) => `${name} ${value}`),
    ['new.web1 1', 'new.web2 2', 'new.all 3'],
  );
  assert.equal(running.counts()['carbon.dropped.blacklist'], 1);
});

test('a stop waits until what was read is taken', async (t) => {
  const running = await runCarbon(t);
  running.writer.room = 0;
  const socket = await running.connect();
  socket.write('a 1 1700000000\nb 2 1700000000\n');
  await running.until(() => running.writer.isWaitedFor);
  const stopped = running.carbon.stop();
  await once(socket, 'close');
  running.writer.drain(2);
  await stopped;
  assert.deepEqual(names(running), ['a', 'b']);
});

test('a stop takes what has arrived', async (t) => {
  const running = await runCarbon(t);
  const socket = await running.connect();
  socket.write('a 1 1700000000\n');
  await running.carbon.stop();
  assert.deepEqual(names(running), ['a']);
  socket.destroy();
});
