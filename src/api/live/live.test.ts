import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ConfigText } from '../../core/config/config.ts';
import type { EchoNote } from '../../signals/metrics/echo.ts';
import type { EchoLine, FrameAnswer, NowAnswer } from '../contract.ts';
import { makeDeps } from '../deps.fixture.ts';
import type { ApiDeps } from '../deps.ts';
import { startApi } from '../server.ts';

interface Stream {
  next(): Promise<{ event: string; data: string }>;
  close(): void;
}

/** Reads events from a server that runs. */
async function listen(t: TestContext, url: string): Promise<Stream> {
  const gone = new AbortController();
  t.after(() => gone.abort());
  const response = await fetch(url, { signal: gone.signal });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end < 0) {
          const { value, done } = await reader.read();
          assert.equal(done, false, 'the stream goes on');
          text += decoder.decode(value, { stream: true });
          continue;
        }
        const fields = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        );
        text = text.slice(end + 2);
        if (fields.has('event')) return { event: fields.get('event') as string, data: fields.get('data') as string };
      }
    },
    close: () => gone.abort(),
  };
}

async function start(t: TestContext, part: Partial<ApiDeps>, settings: ConfigText = {}): Promise<{ url: string; close(): Promise<void> }> {
  const api = await startApi(await makeDeps(t, settings, part));
  t.after(() => api.close());
  return api;
}

const noteOf = (id: number, text: string): EchoNote => ({
  id,
  time: id,
  protocol: 'statsd',
  transport: 'udp',
  from: '127.0.0.1',
  bytes: new TextEncoder().encode(text),
});

test('who watches gets the present state at once, and lines as they arrive', async (t) => {
  const notes = [noteOf(1, 'a:1|c')];
  const { url } = await start(t, { receiver: { listening: [], forwarding: async () => [], echo: async (after) => notes.filter(({ id }) => id > after) } });
  const stream = await listen(t, `${url}/api/v1/live?topics=now,echo`);
  const seen: string[] = [];
  let now: NowAnswer | undefined;
  while (!now || seen.length < 1) {
    const { event, data } = await stream.next();
    if (event === 'now') now = JSON.parse(data) as NowAnswer;
    else seen.push(...(JSON.parse(data) as EchoLine[]).map(({ text }) => text));
  }
  assert.equal(now.version, '1.2.3');
  notes.push(noteOf(2, 'b:1|c'));
  const late = await listen(t, `${url}/api/v1/live?topics=echo`);
  while (seen.length < 2) {
    const { event, data } = await stream.next();
    if (event === 'echo') seen.push(...(JSON.parse(data) as EchoLine[]).map(({ text }) => text));
  }
  assert.deepEqual(seen, ['a:1|c', 'b:1|c'], 'each line once');
  const all = await late.next();
  assert.deepEqual(
    (JSON.parse(all.data) as EchoLine[]).map(({ text }) => text),
    ['a:1|c', 'b:1|c'],
    'who comes later gets what is still known',
  );
});

test('rows are sent whole, then only what is new', async (t) => {
  let looks = 0;
  const { url } = await start(t, {
    query: {
      render: async () => {
        const values = Array.from({ length: 3 }, (_, index) => looks + index);
        const frame: FrameAnswer = { from: 0, until: 3000, ms: 0, rows: [{ name: 'a', target: 0, kind: 'gauge', start: looks * 1000, step: 1000, values }] };
        looks++;
        return { status: 200, type: 'application/json', body: new TextEncoder().encode(JSON.stringify(frame)) };
      },
    },
  });
  const stream = await listen(t, `${url}/api/v1/live/frame?target=a`);
  const first = JSON.parse((await stream.next()).data) as FrameAnswer;
  assert.deepEqual(first.rows[0].values, [0, 1, 2]);
  const second = JSON.parse((await stream.next()).data) as FrameAnswer;
  assert.deepEqual([second.rows[0].start, second.rows[0].values], [3000, [3]]);
});

test('a question that cannot be asked is an ordinary error, and one that is too large too', async (t) => {
  const answer = { status: 400, type: 'application/json', body: new TextEncoder().encode('{"error":{"code":"bad_target","message":"cannot read target"}}') };
  const { url } = await start(t, { query: { render: async () => answer } });
  const refused = await fetch(`${url}/api/v1/live/frame?target=)`);
  assert.deepEqual([refused.status, await refused.json()], [400, { error: { code: 'bad_target', message: 'cannot read target' } }]);
  answer.status = 200;
  answer.body = new Uint8Array(2_000_000);
  assert.equal((await fetch(`${url}/api/v1/live/frame?target=a`)).status, 400);
  assert.equal((await fetch(`${url}/api/v1/live?topics=all`)).status, 400);
});

test('a stream ends when the server stops, and the question when its reader goes', async (t) => {
  const asked = Promise.withResolvers<AbortSignal>();
  let first = true;
  const api = await start(t, {
    query: {
      render: async (_, { signal } = {}) => {
        if (!first) asked.resolve(signal as AbortSignal);
        first = false;
        const frame: FrameAnswer = { from: 0, until: 1, ms: 0, rows: [] };
        return { status: 200, type: 'application/json', body: new TextEncoder().encode(JSON.stringify(frame)) };
      },
    },
  });
  const stream = await listen(t, `${api.url}/api/v1/live/frame?target=a`);
  const signal = await asked.promise;
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
  stream.close();
  await aborted;
  const other = await listen(t, `${api.url}/api/v1/live`);
  await other.next();
  await api.close();
  await assert.rejects(async () => {
    for (;;) await other.next();
  });
});

test('only so many streams are open at a time', async (t) => {
  const { url } = await start(t, {});
  const opened = await Promise.all(Array.from({ length: 210 }, () => fetch(`${url}/api/v1/live?topics=echo`)));
  const statuses = opened.map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 200).length, 200);
  assert.equal(statuses.filter((status) => status === 503).length, 10);
  for (const { body } of opened) await body?.cancel();
});
