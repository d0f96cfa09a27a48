import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeedError } from '../../../../../core/errors.ts';
import { ByteSink, ByteSource, PAD } from './bytes.ts';
import { ChunkHeader, encodeChunk } from './chunk.ts';
import { MAX_CHUNK_POINTS, scratch } from './scratch.ts';
import { decodeValues } from './values.ts';

const INPUTS = 1_000_000;
const ORIGIN = 1_760_000_000;

function generator(seed: number): (below: number) => number {
  let x = seed;
  return (below) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % below;
  };
}

/** Sound chunks of every form, to be damaged. */
function seeds(random: (below: number) => number): Uint8Array[] {
  const shapes: ((i: number) => number)[] = [
    () => 3,
    () => random(20),
    (i) => i * 1000 + random(50),
    () => (random(10) === 0 ? random(1000) : 0),
    () => random(100) / 10,
    () => random(100) / 60,
    () => Math.sqrt(random(1000)),
    () => (random(4) === 0 ? Math.sqrt(random(1000)) : 0),
    (i) => Math.sqrt(Math.floor(i / 5)),
    () => Math.sqrt(random(1000)) - 15,
    () => random(1000) * 4096 + 5,
    () => (random(16) === 0 ? 2 ** 50 : random(9)),
  ];
  const found: Uint8Array[] = [];
  for (let i = 0; i < 240; i++) {
    const count = 1 + random(48);
    const values = Float64Array.from({ length: count }, (_, at) => shapes[i % shapes.length](at));
    let time = ORIGIN;
    const times = Uint32Array.from({ length: count }, () => (time += i % 3 === 0 ? 1 + random(90) : 10));
    const sink = new ByteSink(1024);
    encodeChunk(sink, times, values, 0, count, { origin: ORIGIN, isLast: i % 2 === 0, idGap: i % 5 });
    found.push(sink.bytes.slice(0, sink.at));
  }
  return found;
}

void test('no bytes make the chunk decoder fail otherwise than by telling damage', () => {
  const random = generator(0x2545f491);
  const chunks = seeds(random);
  const source = new ByteSource(new Uint8Array(1024 + PAD));
  const header = new ChunkHeader();
  const outcomes = { decoded: 0, damaged: 0 };
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (let i = 0; i < INPUTS; i++) {
      const chunk = chunks[random(chunks.length)];
      source.bytes.set(chunk);
      let length = chunk.length;
      for (let flips = 1 + random(3); flips > 0; flips--)
        source.bytes[random(length)] = random(4) === 0 ? random(256) : source.bytes[random(length)] ^ (1 << random(8));
      if (random(16) === 0) length = random(length + 1);
      source.open(0, length);
      try {
        // Half of the inputs go past the header, which refuses most damage.
        if ((i & 1) === 0) {
          header.read(source, ORIGIN);
          header.decode(source, true);
          assert.ok(header.count <= MAX_CHUNK_POINTS && source.at <= length);
          assert.equal(scratch.times[header.count - 1], header.lastTime);
        } else {
          source.open(Math.min(5, length), length);
          decodeValues(source, 1 + random(64));
          assert.ok(source.at <= length);
        }
        outcomes.decoded++;
      } catch (error) {
        if (!(error instanceof HeedError && error.code === 'damaged')) throw error;
        outcomes.damaged++;
      }
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  // Both ways were walked often.
  assert.ok(outcomes.decoded > INPUTS / 20 && outcomes.damaged > INPUTS / 20, JSON.stringify(outcomes));
});
