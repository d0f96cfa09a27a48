import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import type { RunningServer } from '../harness/server.ts';

const CAPTURED = new URL('../../src/signals/errors/captured/', import.meta.url);
/** What the server may grow by, megabytes, over everything below. */
const MOST_GROWTH = 400;

const envelopePath = `/api/1/envelope/?sentry_key=${KEY}`;
const storePath = `/api/1/store/?sentry_key=${KEY}`;

async function send(server: RunningServer, path: string, body: Uint8Array | string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(server.url + path, { method: 'POST', body: body as BodyInit, headers });
  const text = await response.text();
  assert.ok(response.status < 500, `${response.status}: ${text}`);
  if (response.status >= 400) assert.match(text, /^\{"detail":"cannot /);
  return response.status;
}

const rss = (server: RunningServer): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1]) / 1024;

const event = (text: string): string => `{}\n{"type":"event"}\n${text}\n`;

test('whatever a client sends is taken or refused in words, and the memory stays', async () => {
  await using server = await startSentryServer({ env: { HEED_ERRORS_OPTIONS_MOST_PER_MINUTE: '1000000' } });
  assert.equal(await send(server, envelopePath, event('{"message":"first"}')), 200);
  const before = rss(server);

  const zeros = Buffer.alloc(300_000_000);
  const bombs: [string, Uint8Array][] = [
    ['gzip', gzipSync(zeros)],
    ['br', brotliCompressSync(zeros.subarray(0, 100_000_000))],
    ['zstd', zstdCompressSync(zeros)],
    ['gzip, gzip', gzipSync(gzipSync(zeros))],
  ];
  for (const [encoding, bomb] of bombs)
    for (const path of [envelopePath, storePath]) assert.equal(await send(server, path, bomb, { 'content-encoding': encoding }), 413, `${encoding} ${path}`);
  assert.equal(await send(server, storePath, gzipSync(zeros)), 413, 'a bomb without a Content-Encoding');
  assert.equal(await send(server, envelopePath, 'x', { 'content-encoding': 'gzip, gzip, gzip' }), 415);

  const deep = '['.repeat(200_000);
  for (const text of [deep, `{"extra":${deep}`, `{"a":`.repeat(200_000)]) {
    assert.equal(await send(server, envelopePath, event(text)), 400);
    assert.equal(await send(server, storePath, text), 400);
  }
  assert.equal(await send(server, storePath, `{"tags":[${'1,'.repeat(400_000)}1]}`), 400);
  assert.equal(await send(server, storePath, '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}},"message":"x","extra":{"__proto__":{"a":1}}}'), 200);
  assert.equal(await send(server, storePath, Buffer.from('{"message":"\xff\xfe\x80","level":"\xc3"}', 'latin1')), 200);
  assert.equal(await send(server, envelopePath, `{}\n${'{"type":"event","length":2}\n{}\n'.repeat(10_000)}`), 200);
  assert.equal(await send(server, envelopePath, `{}\n${'{"type":"new_thing","length":0}\n\n'.repeat(10_000)}`), 200);

  const captured = ['browser-b8-003.bin', 'js-node10-006.bin', 'js-node10-011.bin', 'js-node10-003.bin', 'js-node10-007.bin'];
  for (const file of captured) {
    const bytes = readFileSync(new URL(file, CAPTURED));
    for (let i = 1; i <= 40; i++) {
      await send(server, envelopePath, bytes.subarray(0, Math.floor((bytes.length * i) / 41)));
      const flipped = Buffer.from(bytes);
      flipped[Math.floor((bytes.length * i) / 41)] ^= 1 << (i % 8);
      await send(server, envelopePath, flipped);
    }
  }
  const packed = readFileSync(new URL('py-1.9.10-002.bin', CAPTURED));
  for (let i = 1; i <= 20; i++) await send(server, envelopePath, packed.subarray(0, Math.floor((packed.length * i) / 21)), { 'content-encoding': 'gzip' });

  for (const type of ['', 'nonsense', 'application/json', 'multipart/form-data', ';;;'])
    assert.equal(await send(server, envelopePath, event('{"message":"any type"}'), type === '' ? {} : { 'content-type': type }), 200, type);
  for (const path of [`/api/1/security/?sentry_key=${KEY}`, `/api/1/minidump/?sentry_key=${KEY}`, `/api/1/cron/x/${KEY}/`])
    for (const body of ['', '{', '[]', deep, 'x'.repeat(1000)]) assert.ok((await send(server, path, body)) < 500, path);

  assert.equal(await send(server, envelopePath, event('{"message":"last"}')), 200);
  assert.ok(rss(server) - before < MOST_GROWTH, `grew from ${before} to ${rss(server)} MB`);
});

test('a body without an end is refused at the limit, not after it', async () => {
  await using server = await startSentryServer();
  const before = rss(server);
  const sent = await new Promise<{ status: number; bytes: number }>((resolve, reject) => {
    const chunk = Buffer.alloc(1_000_000);
    let [bytes, status] = [0, 0];
    const asking = request(server.url + envelopePath, { method: 'POST' }, (response) => {
      status = response.statusCode ?? 0;
      response.resume();
    });
    const more = (): void => {
      if (bytes > 1_000_000_000) return reject(new Error('a gigabyte was taken'));
      bytes += chunk.length;
      asking.write(chunk, (error) => (error ? undefined : more()));
    };
    asking.on('error', () => undefined).once('close', () => resolve({ status, bytes }));
    more();
  });
  assert.equal(sent.status, 413);
  assert.ok(sent.bytes < 100_000_000);
  assert.ok(rss(server) - before < 150);
  assert.equal(await send(server, envelopePath, event('{"message":"still here"}')), 200);
});
