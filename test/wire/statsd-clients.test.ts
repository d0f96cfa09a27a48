import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { StatsD } from 'hot-shots';
import { python, runStatsd } from './statsd.fixture.ts';

for (const protocol of ['udp', 'tcp'] as const)
  test(`hot-shots over ${protocol} arrives as it was meant`, async (t) => {
    const statsd = await runStatsd(t);
    const client = new StatsD({
      host: '127.0.0.1',
      port: statsd.port(protocol),
      protocol,
      prefix: 'app.',
      globalTags: { env: 'test' },
      maxBufferSize: 1000,
      bufferFlushInterval: 10,
    });
    client.increment('hits', 3);
    client.decrement('hits');
    client.timing('took', 12.5, { route: '/a' });
    client.histogram('size', 7);
    client.distribution('dist', 8);
    client.gauge('depth', -4);
    client.gaugeDelta('depth', 3);
    client.set('users', 'ann');
    client.unique('users', 'bob');
    client.event('Deploy', 'done', { alert_type: 'success' });
    client.check('db', 1, { message: 'slow' });
    await promisify(client.close.bind(client))();
    await statsd.counted('statsd.service_checks', 1);
    const numbers = await statsd.flush();
    assert.equal(numbers['stats_counts.app.hits;env=test'], 2);
    assert.equal(numbers['stats.timers.app.took.mean;env=test;route=-a'], 12.5);
    assert.equal(numbers['stats.timers.app.size.upper;env=test'], 7);
    assert.equal(numbers['stats.timers.app.dist.count;env=test'], 1);
    assert.equal(numbers['stats.gauges.app.depth;env=test'], -1);
    assert.equal(numbers['stats.sets.app.users.count;env=test'], 2);
    assert.deepEqual(
      statsd.facts.map(({ kind, title, text, tags }) => [kind, title, text, tags.env]),
      [
        // This client prefixes these too.
        ['event', 'app.Deploy', 'done', 'test'],
        ['service_check', 'app.db', 'slow', 'test'],
      ],
    );
    assert.equal(statsd.count('statsd.dropped.bad_line'), 0);
  });

const PYTHON = `
import statsd, sys
kind, where = sys.argv[1], sys.argv[2]
if kind == 'udp': c = statsd.StatsClient('127.0.0.1', int(where), prefix='py')
elif kind == 'tcp': c = statsd.TCPStatsClient('127.0.0.1', int(where), prefix='py')
else: c = statsd.UnixSocketStatsClient(where, prefix='py')
c.incr('hits', 5)
c.decr('hits')
c.timing('took', 320)
c.gauge('depth', -7)
c.gauge('depth', 2, delta=True)
c.set('users', 'ann')
with c.pipeline() as p:
    p.incr('hits')
    p.timing('took', 80)
if kind != 'udp': c.close()
`;

for (const kind of ['udp', 'tcp', 'unix'] as const)
  test(`Debian's python3-statsd over ${kind} arrives as it was meant`, async (t) => {
    const statsd = await runStatsd(t, { statsd: '127.0.0.1:0,unix://FOLDER/statsd.sock' });
    await python(PYTHON, kind, kind === 'unix' ? join(statsd.folder, 'statsd.sock') : String(statsd.port(kind)));
    // A negative gauge takes two lines in this client.
    await statsd.counted('statsd.lines', 9);
    const numbers = await statsd.flush();
    assert.equal(statsd.count('statsd.dropped.bad_line'), 0);
    assert.equal(numbers['stats_counts.py.hits'], 5);
    assert.equal(numbers['stats.gauges.py.depth'], -5);
    assert.equal(numbers['stats.timers.py.took.mean'], 200);
    assert.equal(numbers['stats.sets.py.users.count'], 1);
  });

test('lines come by TCP however they are cut, the last without an end', async (t) => {
  const statsd = await runStatsd(t);
  const socket = await statsd.tcp();
  for (const piece of ['a:1|', 'c\nb:2|c', '\n', 'x'.repeat(70_000), '\nbroken\nc:', '3|c']) {
    socket.write(piece);
    await new Promise(setImmediate);
  }
  socket.end();
  await once(socket, 'close');
  await statsd.counted('statsd.dropped.too_long', 1);
  const numbers = await statsd.flush();
  assert.deepEqual([numbers['stats_counts.a'], numbers['stats_counts.b'], numbers['stats_counts.c']], [1, 2, 3]);
  assert.equal(statsd.count('statsd.dropped.bad_line'), 1);
});

test('a connection above the bound is refused and counted; those that are there go on', async (t) => {
  const statsd = await runStatsd(t, { 'carbonOptions.maxConnections': '2' });
  const [first, second] = [await statsd.tcp(), await statsd.tcp()];
  const third = await statsd.tcp();
  third.on('error', () => undefined);
  await once(third, 'close');
  assert.equal(statsd.count('statsd.dropped.connections'), 1);
  for (const socket of [first, second]) socket.end('still:1|c\n');
  await statsd.counted('statsd.tcp.packets', 2);
  assert.equal((await statsd.flush())['stats_counts.still'], 2);
});

test('Unix sockets for streams and for datagrams, and UDP by IPv6, work side by side', async (t) => {
  const statsd = await runStatsd(t, { statsd: 'udp://[::1]:0,unix://FOLDER/stream,unixgram://FOLDER/datagram' });
  const stream = connect(join(statsd.folder, 'stream'));
  stream.end('s:1|c\n');
  await python("import socket, sys; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'd:1|c\\nd:2|c', sys.argv[1])", join(statsd.folder, 'datagram'));
  const six = createSocket('udp6');
  await new Promise((resolve) => six.send('six:1|c', statsd.port('udp'), '::1', resolve));
  six.close();
  await statsd.counted('statsd.unix.packets', 2);
  await statsd.counted('statsd.udp.packets', 1);
  const numbers = await statsd.flush();
  assert.deepEqual([numbers['stats_counts.s'], numbers['stats_counts.d'], numbers['stats_counts.six']], [1, 3, 1]);
  assert.deepEqual(
    statsd.echo
      .since(0)
      .map(({ transport, from }) => `${transport} ${from}`)
      .toSorted(),
    ['udp ::1', 'unix ', 'unix '],
  );
});

test('a datagram may be as long as UDP allows', async (t) => {
  const statsd = await runStatsd(t);
  const lines = Array.from({ length: 5000 }, (_, i) => `n${i % 100}:1|c`);
  for (const count of [1, 150, 250, 260, 1000, 5000]) await statsd.udp(lines.slice(0, count).join('\n'));
  const numbers = await statsd.flush();
  let sum = 0;
  for (let i = 0; i < 100; i++) sum += numbers[`stats_counts.n${i}`];
  assert.equal(sum, 1 + 150 + 250 + 260 + 1000 + 5000);
});

test('noise is counted and answered by nothing; good lines around it count', async (t) => {
  const statsd = await runStatsd(t);
  const socket = createSocket('udp4');
  let answers = 0;
  socket.on('message', () => answers++);
  const noise = Buffer.alloc(1200);
  for (let i = 0; i < noise.length; i++) noise[i] = (i * 7919) % 251;
  for (let i = 0; i < 50; i++) await statsd.udp(Buffer.concat([Buffer.from('before:1|c\n'), noise, Buffer.from('\nafter:1|c\n')]));
  const numbers = await statsd.flush();
  assert.deepEqual([numbers['stats_counts.before'], numbers['stats_counts.after']], [50, 50]);
  assert.ok(statsd.count('statsd.dropped.bad_line') > 0);
  assert.equal(answers, 0);
  socket.close();
});

test('an address that is taken is told by name', async (t) => {
  const statsd = await runStatsd(t);
  await assert.rejects(runStatsd(t, { statsd: `udp://127.0.0.1:${statsd.port('udp')}` }), {
    code: 'cannot_listen',
    message: /cannot listen on udp 127\.0\.0\.1:\d+: EADDRINUSE/,
  });
  await assert.rejects(runStatsd(t, { statsd: `tcp://127.0.0.1:${statsd.port('tcp')}` }), { code: 'cannot_listen', message: /EADDRINUSE/ });
});

test('what was taken before a stop is stored by it', async (t) => {
  const statsd = await runStatsd(t);
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.send('last:1|c', statsd.port('udp'), '127.0.0.1', resolve));
  socket.close();
  await statsd.part.stop();
  assert.equal(statsd.stored('stats_counts.last'), 1);
});
