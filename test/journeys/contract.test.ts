import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runHeed } from '../harness/heed.ts';
import { eventually, renderValues, startServer, temporaryFolder } from '../harness/server.ts';

test('serve prints one ready line, answers health and readiness, and ends cleanly by SIGTERM', async () => {
  await using server = await startServer();
  assert.match(server.output().stdout, /^heed ready http:\/\/127\.0\.0\.1:\d+\n$/);
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  const start = performance.now();
  assert.equal(await server.stop(), 0);
  assert.ok(performance.now() - start < 10_000, 'the operations contract gives 10 s');
});

test('SIGINT ends it cleanly too', async () => {
  await using server = await startServer();
  assert.equal(await server.stop('SIGINT'), 0);
});

test('npm start is the same server, with its options', async () => {
  const checkout = fileURLToPath(new URL('../..', import.meta.url));
  await using server = await startServer({ command: ['npm', 'start', '--'], cwd: checkout });
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  assert.ok(existsSync(join(server.folder, 'points')));
  await server.stop();
  await assert.rejects(fetch(`${server.url}/healthz`), 'it has ended with npm');
});

test('a StatsD packet and a Graphite line become graphs, and are there after a restart', async () => {
  const folder = temporaryFolder();
  {
    await using server = await startServer({ folder });
    const udp = createSocket('udp4');
    udp.send('shop.orders:3|c', server.port('statsd'), '127.0.0.1');
    const tcp = createConnection(server.port('carbon'), '127.0.0.1');
    await once(tcp, 'connect');
    tcp.end('room.temperature 21.5 -1\n');
    await eventually(
      () => renderValues(server, 'stats_counts.shop.orders'),
      (values) => values.includes(3),
    );
    await eventually(
      () => renderValues(server, 'room.temperature'),
      (values) => values.includes(21.5),
    );
    udp.close();
    assert.equal(await server.stop(), 0);
  }
  await using again = await startServer({ folder });
  assert.ok((await renderValues(again, 'stats_counts.shop.orders', '-1h')).includes(3));
  assert.ok((await renderValues(again, 'room.temperature', '-1h')).includes(21.5));
});

test('settings come from flags, the environment and the config file; a wrong one is refused in words', async () => {
  const bad = await runHeed(['serve', '--flush', 'often']);
  assert.equal(bad.code, 2);
  assert.match(bad.stderr, /cannot use --flush: cannot read 'often': write a number/);
  const variable = await runHeed(['serve'], { env: { HEED_STATSD: 'nowhere' } });
  assert.match(variable.stderr, /cannot use HEED_STATSD: .*HOST:PORT/);
});

test('the data is where --data says, and nowhere else', async () => {
  await using server = await startServer();
  assert.ok(existsSync(join(server.folder, 'points')));
});

test('project default has id 1 and the key that HEED_DSN_KEY gave', async () => {
  const key = '0123456789abcdef0123456789abcdef';
  await using server = await startServer({ env: { HEED_DSN_KEY: key } });
  const projects = await server.json<{ id: string; slug: string; dsn: string }[]>('/api/v1/projects');
  assert.deepEqual(
    projects.map(({ id, slug }) => ({ id, slug })),
    [{ id: '1', slug: 'default' }],
  );
  assert.equal(projects[0].dsn, `${server.url.replace('://', `://${key}@`)}/1`);
});
