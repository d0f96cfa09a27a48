import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HEED, startServer, eventually, renderValues, temporaryFolder } from '../harness/server.ts';
import { runHeed } from '../harness/heed.ts';

test('send says what became of each line; render draws it; find lists it', async () => {
  await using server = await startServer();
  const { url } = server;
  const good = await runHeed(['send', 'deploys:1|c'], { url });
  assert.equal(good.code, 0, good.stderr);
  assert.match(good.stdout, /✓ deploys:1\|c {2}taken, counter/);
  const bad = await runHeed(['send', 'deploys:one|c'], { url });
  assert.equal(bad.code, 1);
  assert.match(bad.stdout, /! deploys:one\|c {2}dropped: not a number/);
  await eventually(
    () => renderValues(server, 'stats_counts.deploys'),
    (values) => values.length > 0,
  );

  const drawn = await runHeed(['render', 'stats_counts.deploys', '--from', '-5min'], { url });
  assert.equal(drawn.code, 0, drawn.stderr);
  assert.match(drawn.stdout, /stats_counts\.deploys/);
  assert.match(drawn.stdout, /┤/);
  const json = await runHeed(['render', 'stats_counts.deploys', '--from', '-5min', '--json'], { url });
  assert.equal((JSON.parse(json.stdout) as { rows: { name: string }[] }).rows[0].name, 'stats_counts.deploys');
  assert.equal((await runHeed(['render', 'no.such.name'], { url })).code, 4);
  const path = join(temporaryFolder(), 'deploys.svg');
  const written = await runHeed(['render', 'stats_counts.deploys', '--from', '-5min', '--output', path, '--style', 'title=All+deploys'], { url });
  assert.equal(written.code, 0, written.stderr);
  assert.match(await readFile(path, 'utf8'), />All deploys<[^]*>stats_counts\.deploys</);
  assert.match((await runHeed(['render', 'a', '--output', 'deploys.gif'], { url })).stderr, /pictures end in \.png, \.svg, \.pdf/);

  assert.match((await runHeed(['find', 'stats_counts.*'], { url })).stdout, /^stats_counts\.deploys$/m);
  assert.match((await runHeed(['find', 'deploys'], { url })).stdout, /^stats\.deploys$/m);
});

test('doctor says what listens and what arrived', async () => {
  await using server = await startServer();
  await runHeed(['send', 'a:1|c'], { url: server.url });
  const { code, stdout } = await runHeed(['doctor'], { url: server.url });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /StatsD/);
  assert.match(stdout, new RegExp(`127\\.0\\.0\\.1:${server.port('statsd')}`));
});

test('project add prints the DSN', async () => {
  await using server = await startServer();
  const { stdout } = await runHeed(['project', 'add', 'Book shop', '--json'], { url: server.url });
  const project = JSON.parse(stdout) as { id: string; slug: string; dsn: string; key: string };
  assert.equal(project.slug, 'book-shop');
  assert.match(project.id, /^\d+$/);
  assert.match(project.dsn, /^http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/\d+$/);
});

test('project list and project keys show what there is, and change keys one at a time', async () => {
  await using server = await startServer();
  const { url } = server;
  const heed = (...args: string[]): ReturnType<typeof runHeed> => runHeed(['project', ...args], { url });
  await heed('add', 'Book shop');
  assert.match(
    (await heed('list')).stdout,
    /^default +1 .*\nbook-shop +2 +Book shop +1 key +http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/2 +http\S+\/settings\/projects\/book-shop$/m,
  );
  const added = await heed('keys', 'book-shop', '--add', 'phone app', '--json');
  const [, { id, dsn }] = JSON.parse(added.stdout) as { id: number; dsn: string }[];
  assert.match((await heed('keys', 'book-shop', '--limit', `${id}:600`)).stdout, new RegExp(`✓ +${id} +phone app +in use +600 a minute +made .* +${dsn}`));
  assert.match((await heed('keys', '2', '--revoke', String(id))).stdout, /✗ .*phone app +revoked/);
  const { username, origin } = new URL(dsn);
  const send = (): Promise<Response> => fetch(`${origin}/api/2/store/?sentry_key=${username}`, { method: 'POST', body: '{"message":"x"}' });
  assert.equal((await send()).status, 403);
  assert.match((await heed('keys', '2', '--enable', String(id))).stdout, /✓ .*phone app +in use/);
  assert.equal((await send()).status, 200);
  const both = await heed('keys', '2', '--add', 'x', '--revoke', '1');
  assert.deepEqual([both.code, /give one of --add, --revoke, --enable, --limit/.test(both.stderr)], [2, true]);
  const unknown = await heed('keys', 'nobody');
  assert.deepEqual([unknown.code, /nobody/.test(unknown.stderr)], [4, true], unknown.stderr);
  assert.match((await heed('keys', '2', '--limit', 'many')).stderr, /'many' is no KEY:COUNT; write e\.g\. 3:600/);
});

test('tail shows lines as they arrive', async () => {
  await using server = await startServer();
  const tail = spawn(HEED, ['tail', 'metrics', '--match', 'tailed'], { env: { ...process.env, HEED_URL: server.url, NO_COLOR: '1' } });
  const line = new Promise<string>((resolve) => {
    let text = '';
    tail.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      if (text.includes('\n')) resolve(text);
    });
  });
  const sending = setInterval(() => void runHeed(['send', 'tailed:1|g'], { url: server.url }), 500);
  assert.match(await line, /udp .*tailed:1\|g .*✓ taken, gauge/);
  clearInterval(sending);
  tail.kill('SIGINT');
  await once(tail, 'exit');
});

test('without a server a command says so and exits 3', async () => {
  const { code, stderr } = await runHeed(['find', 'x'], { url: 'http://127.0.0.1:9' });
  assert.equal(code, 3);
  assert.match(stderr, /cannot reach http:\/\/127\.0\.0\.1:9: .*is heed serve running/);
});
