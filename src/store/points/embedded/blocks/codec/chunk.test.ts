import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { runs, type Run } from './arbitrary.ts';
import { ByteSink, ByteSource } from './bytes.ts';
import { ChunkHeader, encodeChunk, MAX_CHUNK_BYTES } from './chunk.ts';
import { MAX_CHUNK_POINTS, scratch } from './scratch.ts';

const ORIGIN = 1_760_000_000;

function encoded({ times, values }: Run): ByteSource {
  const sink = new ByteSink(16);
  encodeChunk(sink, times, values, 0, times.length, { origin: ORIGIN, isLast: true, idGap: 7 });
  sink.reserve(0);
  assert.ok(sink.at <= MAX_CHUNK_BYTES);
  const source = new ByteSource(sink.bytes);
  source.open(0, sink.at);
  return source;
}

function bitsOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function assertRoundTrip(run: Run): ByteSource {
  const source = encoded(run);
  const { end } = source;
  const header = new ChunkHeader();
  header.read(source, ORIGIN);
  const count = run.times.length;
  assert.deepEqual(
    [header.isLast, header.idGap, header.count, header.firstTime, header.lastTime, header.end],
    [true, 7, count, run.times[0], run.times[count - 1], end],
  );
  header.decode(source, true);
  assert.deepEqual(scratch.times.subarray(0, count), run.times);
  assert.deepEqual(bitsOf(scratch.values.subarray(0, count)), bitsOf(run.values));
  return source;
}

function regular(values: number[]): Run {
  return { times: Uint32Array.from(values, (_, i) => ORIGIN + i * 10), values: Float64Array.from(values) };
}

void test('any points come back bit by bit', () => {
  fc.assert(
    fc.property(runs(ORIGIN), (run) => void assertRoundTrip(run)),
    { numRuns: 400 },
  );
});

void test('any stride comes back, wherever the first time lies', () => {
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 10, 60, 3600), fc.nat(100_000), fc.boolean(), fc.integer({ min: 1, max: 20 }), (stride, offset, aligned, count) => {
      const first = ORIGIN + (aligned ? offset * stride : offset);
      assertRoundTrip({ times: Uint32Array.from({ length: count }, (_, i) => first + i * stride), values: new Float64Array(count).fill(offset) });
    }),
  );
});

void test('the shapes that have a form of their own come back', () => {
  const index = Array.from({ length: 720 }, (_, i) => i);
  const shapes: Record<string, (i: number) => number> = {
    constant: () => 1 / 3,
    'mostly zero': (i) => (i % 37 === 0 ? i : 0),
    'mostly zero floats': (i) => (i % 37 === 0 ? Math.sqrt(i) : 0),
    'repeated floats': (i) => Math.sqrt(Math.floor(i / 40) + 2),
    'one spike': (i) => (i === 300 ? 1e12 : i % 7),
    'one dip': (i) => (i === 300 ? -1e12 : i % 7),
    'counter with a reset': (i) => (i < 400 ? 1e14 + i * 1000 : i * 1000),
    'wide integers': (i) => (i * 2 ** 41) % 2 ** 51,
    'signed floats': (i) => Math.sqrt(i) * (i % 2 === 0 ? 1 : -1),
    'negative floats': (i) => -Math.sqrt(i + 1),
    'powers of two': (i) => 2 ** (i - 360),
    'negative zeros': (i) => (i % 5 === 0 ? -0 : 0),
  };
  for (const shape of Object.values(shapes)) assertRoundTrip(regular(index.map(shape)));
});

void test('a chunk of the most points and widest values fits', () => {
  const times = Uint32Array.from({ length: MAX_CHUNK_POINTS }, (_, i) => ORIGIN + i * 100_000 + ((i * 7919) % 99_999));
  const values = Float64Array.from(times, (_, i) => (i % 2 === 0 ? 1 : -1) * (1 + Math.sqrt(i)) * 10 ** ((i % 600) - 300));
  assertRoundTrip({ times, values });
});

void test('spikes, gaps and idle timers do not widen a chunk', () => {
  const index = Array.from({ length: 720 }, (_, i) => i);
  const size = (value: (i: number) => number): number => assertRoundTrip(regular(index.map(value))).end;
  assert.ok(size(() => 42) < 16);
  assert.ok(size((i) => (i === 300 ? 1e12 : (i * i) % 7)) < size((i) => (i * i) % 7) + 16);
  assert.ok(size((i) => i * 5) < 24);
  const gap = regular(index.map(() => 1));
  for (let i = 500; i < 720; i++) gap.times[i] += 12_340;
  assert.ok(assertRoundTrip(gap).end < 32);
});
