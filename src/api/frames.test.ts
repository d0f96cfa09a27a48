import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import type { QueryAnswer } from '../query/messages.ts';
import type { RenderParams } from '../query/request.ts';
import type { FramesLine } from './contract.ts';
import { makeDeps } from './deps.fixture.ts';
import { buildApi } from './server.ts';

interface Asked {
  params: RenderParams;
  signal: AbortSignal | undefined;
  answer(text: string, status?: number): void;
}

/** A server whose questions are answered by the test. */
async function asking(t: TestContext): Promise<{ port: number; url: string; asked: Asked[]; until(count: number): Promise<void> }> {
  const asked: Asked[] = [];
  let seen = (): void => undefined;
  const deps = await makeDeps(
    t,
    {},
    {
      query: {
        render: (params, { signal } = {}) =>
          new Promise<QueryAnswer>((resolve) => {
            asked.push({ params, signal, answer: (text, status = 200) => resolve({ status, type: 'application/json', body: new TextEncoder().encode(text) }) });
            seen();
          }),
      },
    },
  );
  const { app } = await buildApi(deps);
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  const until = async (count: number): Promise<void> => {
    while (asked.length < count) await new Promise<void>((resolve) => (seen = resolve));
  };
  return { port, url: `http://127.0.0.1:${port}/api/v1/frames`, asked, until };
}

const question = (panels: number): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    from: '-3h',
    until: 'now',
    panels: Array.from({ length: panels }, (_, i) => ({ targets: [`panel.${i}`], maxDataPoints: 10, ...(i === 1 && { from: '-1d' }) })),
  }),
});

test('four panels are asked at a time, and each line goes out as it is ready', async (t) => {
  const { url, asked, until } = await asking(t);
  const response = await fetch(url, question(6));
  const reader = (response.body ?? assert.fail()).pipeThrough(new TextDecoderStream()).getReader();
  const line = async (): Promise<FramesLine> => JSON.parse((await reader.read()).value ?? '') as FramesLine;
  await until(4);
  assert.deepEqual(
    asked.map(({ params }) => [params.target, params.from, params.format]),
    [0, 1, 2, 3].map((i) => [[`panel.${i}`], [i === 1 ? '-1d' : '-3h'], ['frame']]),
  );
  asked[2].answer('{"rows":[]}');
  assert.deepEqual(await line(), { panel: 2, frame: { rows: [] } });
  await until(5);
  asked[0].answer('{"error":{"code":"x","message":"cannot"}}', 400);
  assert.deepEqual(await line(), { panel: 0, error: { code: 'x', message: 'cannot' } });
  await until(6);
  for (const i of [1, 3, 4, 5]) asked[i].answer('{}');
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) rest += part.value;
  assert.equal(rest.trimEnd().split('\n').length, 4);
});

test('a client that goes away withdraws what is under way, and nothing more is asked', async (t) => {
  const { port, asked, until } = await asking(t);
  const socket = createConnection(port, '127.0.0.1');
  const body = String(question(10).body);
  socket.write(`POST /api/v1/frames HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await until(4);
  const withdrawn = Promise.all(asked.map(({ signal }) => once(signal ?? assert.fail(), 'abort')));
  socket.destroy();
  await withdrawn;
  for (const { answer } of asked) answer('{}');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked.length, 4);
});
