import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readConfig } from '../../core/config/config.ts';
import type { EchoNote } from '../../signals/metrics/echo.ts';
import type { EchoLine } from '../contract.ts';
import { EchoState } from './echo.ts';

const config = await readConfig({}, {});

const note = (id: number, bytes: string | Uint8Array, part: Partial<EchoNote> = {}): EchoNote => ({
  id,
  time: 1000,
  protocol: 'statsd',
  transport: 'udp',
  from: '127.0.0.1',
  bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
  ...part,
});

const since = (notes: EchoNote[], after = 0): Promise<EchoLine[]> =>
  new EchoState({ listening: [], forwarding: async () => [], echo: async (id) => notes.filter((each) => each.id > id) }, config).since(after);

test('each line of a packet is told with what became of it, and where it is wrong', async () => {
  const [good, bad] = await since([note(1, 'hello.visits:1|c\nhello.load:0,42|g\n')]);
  assert.deepEqual([good.text, good.taken, good.fault], ['hello.visits:1|c', true, null]);
  assert.match(good.verdict, /taken, counter/);
  assert.notEqual(good.series, '');
  assert.equal(bad.taken, false);
  assert.match(bad.verdict, /not a number/);
  assert.equal(bad.text.slice(...(bad.fault as [number, number])), '0,42');
});

test('a fault is found again behind characters that are written out', async () => {
  const [line] = await since([note(1, 'a\u0001b 0,42 1795098717\n', { protocol: 'carbon', transport: 'tcp' })]);
  assert.equal(line.text, 'a\\x01b 0,42 1795098717');
  assert.equal(line.text.slice(...(line.fault as [number, number])), '\\x01');
});

test('a sender is told by its address', async () => {
  for (const [from, shown] of [
    ['10.0.0.1:4031', '10.0.0.1'],
    ['[::1]:4031', '::1'],
    ['::1', '::1'],
    ['10.0.0.1', '10.0.0.1'],
    ['', ''],
  ]) {
    assert.equal((await since([note(1, 'a:1|c', { from })]))[0].from, shown);
  }
});

test('who asks again gets only what is new, in order', async () => {
  const notes = [note(1, 'a:1|c\nb:1|c'), note(2, 'c:1|c')];
  const all = await since(notes);
  assert.deepEqual(
    all.map(({ text }) => text),
    ['a:1|c', 'b:1|c', 'c:1|c'],
  );
  for (const [index, { id }] of all.entries()) assert.deepEqual(await since(notes, id), all.slice(index + 1));
});

test('a line that goes on in what was not noted is left out', async () => {
  assert.deepEqual(
    (await since([note(1, 'a 1 2\nb 1', { protocol: 'carbon', transport: 'tcp' })])).map(({ text }) => text),
    ['a 1 2'],
  );
  assert.equal((await since([note(1, 'x'.repeat(2000) + '\nabc:1|c'.padEnd(48, '0'))])).length, 1);
});

test('a pickle is told by its points where all of it was noted', async () => {
  // pickle.dumps([('hello.load', (1795098717, 0.42))], protocol=2)
  const body = Buffer.concat([
    Buffer.from('80025d28', 'hex'),
    Buffer.from('580a000000', 'hex'),
    Buffer.from('hello.load'),
    Buffer.from('4a', 'hex'),
    Buffer.from(Uint32Array.of(1795098717).buffer),
    Buffer.from('473fdae147ae147ae1', 'hex'),
    Buffer.from('868665', 'hex'),
    Buffer.from('2e', 'hex'),
  ]);
  const framed = (payload: Uint8Array): Uint8Array => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(payload.length);
    return Buffer.concat([head, payload]);
  };
  const tell = async (bytes: Uint8Array): Promise<EchoLine> => (await since([note(1, bytes, { protocol: 'pickle', transport: 'tcp' })]))[0];
  const whole = await tell(framed(body));
  assert.deepEqual([whole.text, whole.series, whole.taken], ['1 point: hello.load 0.42 1795098717', 'hello.load', true]);
  assert.equal((await tell(framed(body).subarray(0, 20))).text, `pickle of ${body.length} B`);
  assert.equal((await tell(framed(Buffer.from('80025d71', 'hex')))).taken, false);
  assert.equal((await tell(body)).text, 'part of a pickle');
});

test('whatever arrives can be told', async () => {
  const protocol = fc.constantFrom('statsd' as const, 'carbon' as const, 'pickle' as const);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), protocol, async (bytes, protocol) => {
      for (const { text, fault, taken, verdict } of await since([note(1, bytes, { protocol })])) {
        assert.ok(text.length <= 512 && verdict !== '');
        if (!taken && fault) assert.ok(fault[0] >= 0 && fault[0] <= fault[1] && fault[1] <= text.length);
      }
    }),
    { numRuns: 500 },
  );
});
