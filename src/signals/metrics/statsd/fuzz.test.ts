import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kind } from '../../../core/series.ts';
import { Aggregation, SLOT_BYTES, SLOT_GUARD } from './aggregation.ts';

const PACKETS = 1_000_000;
const BATCH = 256;
const SEEDS = [
  'a.b:1|c',
  'c1:2|c|@0.1',
  'weird:7|h',
  'g5:-2|g',
  'set:member|s',
  't1:500|ms|@0.5',
  'multi:1|c:2|c:3|ms',
  'packed:1:2:3|ms|@0.5|#env:prod,x:y',
  'sp ace/sl$ash:1|c',
  'tag:1|c|#env:prod,x:y',
  'nt;env=prod:1|ms',
  'bytes:1|c|@2e-1',
  'hex:0x10|c',
  '_e{5,4}:title|text|#a:b',
  '_sc|db|0|m:fine',
  'dog:1|d|#a:b|c:ci-12|T1',
  'one:1|c\ntwo:2.25|ms\nthree:3|g\nfour:x|s\n',
].map((line) => Buffer.from(line));

/** A small fast generator, so that a failure can be repeated by its seed. */
function randomizer(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test(`${PACKETS} broken packets harm nothing, and the good line after them counts`, () => {
  const seed = Date.now() & 0x7fff_ffff;
  const random = randomizer(seed);
  const aggregation = new Aggregation({ maxSeries: 4096, slots: BATCH, sanitize: true, histograms: 'timer', factLine: () => undefined });
  const { wasm, memory } = aggregation;
  const lengths = new Uint32Array(memory.buffer, wasm.headers.value, BATCH * 16);
  // These tables stand between the input areas and the packets: what wrote out of its bounds would hit them.
  const guarded = memory.subarray(wasm.vectors.value, wasm.vectors.value + BATCH * 32).fill(0xa5);
  const good = Buffer.from('good:1|c');
  let batches = 0;
  for (let sent = 0; sent < PACKETS; sent += BATCH) {
    for (let slot = 0; slot < BATCH; slot++) {
      const start = wasm.packets.value + slot * SLOT_BYTES;
      const last = slot === BATCH - 1;
      const length = last ? good.length : writeBroken(memory, start, random);
      if (last) memory.set(good, start);
      memory.fill(0xa5, start + length, start + length + SLOT_GUARD);
      lengths[slot * 16 + 14] = length;
    }
    aggregation.packets(BATCH);
    batches++;
    if (batches % 64 === 0) checkGuards(memory, wasm.packets.value, lengths, seed);
    if (batches % 256 === 0) emptyAll(aggregation);
  }
  aggregation.swap();
  assert.ok(
    guarded.every((byte) => byte === 0xa5),
    `seed ${seed}`,
  );
  let counted = 0;
  for (const [key, index] of aggregation.known(Kind.counter)) {
    assert.ok(Buffer.byteLength(key) <= 900);
    if (key === 'good') counted = aggregation.amount(index);
  }
  assert.equal(counted, batches % 256, `seed ${seed}`);
});

/** A seed line with a few bytes changed, cut or doubled, or noise; returns its length. */
function writeBroken(memory: Uint8Array, start: number, random: (below: number) => number): number {
  if (random(50) === 0) {
    const length = random(SLOT_BYTES - SLOT_GUARD);
    for (let i = 0; i < length; i += 1 + random(40)) memory[start + i] = random(256);
    return length;
  }
  let length = 0;
  for (let parts = 1 + random(3); parts > 0; parts--) {
    const line = SEEDS[random(SEEDS.length)];
    const from = random(6) === 0 ? random(line.length) : 0;
    memory.set(line.subarray(from), start + length);
    length += line.length - from;
    if (random(2) === 0) memory[start + length++] = 10;
  }
  for (let changes = random(4); changes > 0; changes--) {
    memory[start + random(length)] = random(4) === 0 ? random(256) : ':|@#\n.+-\r;,0 cmsgh'.charCodeAt(random(18));
  }
  return random(8) === 0 ? random(length + 1) : length;
}

/** Behind a datagram the parser may write its newline and nothing else. */
function checkGuards(memory: Uint8Array, packets: number, lengths: Uint32Array, seed: number): void {
  for (let slot = 0; slot < BATCH; slot++) {
    const end = packets + slot * SLOT_BYTES + lengths[slot * 16 + 14];
    for (let i = 1; i < SLOT_GUARD; i++) assert.equal(memory[end + i], 0xa5, `byte ${i} behind slot ${slot}, seed ${seed}`);
  }
}

/** Ends the interval and forgets most series, so that their places are used again. */
function emptyAll(aggregation: Aggregation): void {
  aggregation.swap();
  aggregation.forgetSpellings(() => true);
  for (let index = 0; index < aggregation.recordLimit; index++) {
    if (aggregation.kindAt(index) === Kind.unknown) continue;
    assert.ok(aggregation.keyAt(index) !== undefined);
    if (aggregation.kindAt(index) === Kind.timer && aggregation.touches(index) > 0) assert.ok(aggregation.samples(index).count > 0);
    aggregation.clear(index);
    if (index % 4 !== 0) aggregation.remove(index);
  }
}
