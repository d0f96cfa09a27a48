import assert from 'node:assert/strict';
import { createConnection } from 'node:net';
import { test, type TestContext } from 'node:test';
import Fastify from 'fastify';
import type { QueryAnswer } from '../query/messages.ts';
import type { QueryService } from '../query/service.ts';
import { answerQuestion } from './answer.ts';

const part = (text: string, status = 200): QueryAnswer => ({ status, type: 'application/json', body: new Uint8Array(Buffer.from(text)) });

/** A server whose only answer is what `render` makes. */
async function serve(t: TestContext, render: QueryService['render']): Promise<string> {
  const app = Fastify();
  app.get('/', (_, reply) => answerQuestion(reply, { render }, {}));
  t.after(() => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
}

void test('parts and the last piece are one body', async (t) => {
  const url = await serve(t, async (_, options) => {
    options?.part?.(part('[1,'));
    options?.part?.(part('2,'));
    return part('3]');
  });
  const answer = await fetch(url);
  assert.deepEqual([answer.status, answer.headers.get('content-type'), await answer.json()], [200, 'application/json', [1, 2, 3]]);
});

void test('an answer that fails midway breaks off, so that nobody takes it for whole', async (t) => {
  const url = await serve(t, async (_, options) => {
    options?.part?.(part('[1,'));
    return part('cannot answer', 503);
  });
  await assert.rejects(async () => (await fetch(url)).text());
});

void test('a client that goes away withdraws its question, one that is answered does not', async (t) => {
  const signals: AbortSignal[] = [];
  const asked = Promise.withResolvers<void>();
  const url = await serve(t, async (_, options) => {
    signals.push(options?.signal as AbortSignal);
    if (signals.length === 1) return part('[]');
    asked.resolve();
    await new Promise((resolve) => options?.signal?.addEventListener('abort', resolve));
    return part('withdrawn', 499);
  });
  await (await fetch(url)).text();
  assert.equal(signals[0].aborted, false);
  const gone = new AbortController();
  const answer = fetch(url, { signal: gone.signal });
  await asked.promise;
  const withdrawn = new Promise((resolve) => signals[1].addEventListener('abort', resolve));
  gone.abort();
  await assert.rejects(answer);
  await withdrawn;
});

void test('clients that do not read hold no more memory than there is for all of them', async (t) => {
  const cutOff = Promise.withResolvers<void>();
  const url = await serve(t, async (_, options) => {
    // Memory that nobody has touched.
    for (let i = 0; i < 4; i++) options?.part?.({ ...part(''), body: Buffer.allocUnsafeSlow(128 << 20) });
    options?.signal?.addEventListener('abort', () => cutOff.resolve());
    await cutOff.promise;
    return part('withdrawn', 499);
  });
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  t.after(() => socket.destroy());
  socket.write('GET / HTTP/1.1\r\nhost: heed\r\n\r\n');
  await cutOff.promise;
  assert.equal(await (await fetch(await serve(t, async () => part('[]')))).text(), '[]', 'there is room again');
});
