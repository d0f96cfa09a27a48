import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocateCounters, CounterLane } from '../../../core/counters.ts';
import { encodeBatch } from '../forward/encode.ts';
import { CarbonDoor } from './door.ts';
import { explainCarbonLine } from './explain.ts';
import { LineParser } from './line.ts';
import { LineStream } from './line-stream.ts';
import { NameTable } from './name-table.ts';
import { PickleBudget, PickleStream } from './pickle-stream.ts';
import { RecordingWriter } from './recording-writer.fixture.ts';

// HEED_FUZZ multiplies the inputs for a long run by hand.
const TIMES = Number(process.env.HEED_FUZZ ?? 1);
const LINES = 800_000 * TIMES;
const PICKLES = 200_000 * TIMES;

/** A small generator with a seed, so that a failure can be run again. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function sending() {
  const counters = new CounterLane(allocateCounters(), 'receive');
  const writer = new RecordingWriter();
  return { counters, writer, door: new CarbonDoor(writer, counters, new NameTable(5000, 200_000)) };
}

const GOOD = 'good.line 42 1700000000\n';
const SEEDS = [GOOD, 'a.b;k=v -1.5e3 -1\r\n', 'x{k="v"} inf 1700000000.5\n', '\t a  .5\t-1 \n', 'größe nan 1\n'];

test('no line ends the parser, and the good line after it counts', () => {
  const random = generator(1);
  const { counters, writer, door } = sending();
  const stream = new LineStream(new LineParser(door, counters), counters);
  const seeds = SEEDS.map((seed) => Buffer.from(seed));
  const good = Buffer.from(`\n${GOOD}`);
  const chunk = Buffer.alloc(65_536);
  for (let line = 0, rounds = 0; line < LINES; rounds++) {
    let at = 0;
    while (at < chunk.length - 200 - good.length) {
      line++;
      at += mutate(seeds[random(seeds.length)], chunk, at, random);
    }
    at += good.copy(chunk, at);
    // Cut in two somewhere, so that lines are carried over too.
    const cut = random(at);
    const taken = writer.points.length;
    assert.equal(stream.feed(chunk.subarray(0, cut), 0, 0), cut);
    assert.equal(stream.feed(chunk.subarray(cut, at), 0, 0), at - cut);
    assert.ok(writer.points.length > taken);
    assert.deepEqual(writer.points.at(-1), ['good.line', 1_700_000_000_000, 42], `round ${rounds}`);
    writer.points.length = 0;
    if (rounds % 16 === 0) explainCarbonLine(chunk.toString('latin1', 0, 100));
  }
});

test('no pickle ends the decoder, and the good one after it counts', () => {
  const random = generator(2);
  const { counters, writer, door } = sending();
  const stream = new PickleStream(door, counters, new PickleBudget());
  const seeds = [
    encodeBatch('pickle', { names: ['a', 'b;k=v'], times: [1e12, -1000], values: [1, Infinity] }).subarray(4),
    Buffer.from("(lp0\n(S'a.b'\np1\n(I1700000000\nF2.5\ntp2\ntp3\na(Vc\np4\n(L5L\nI01\nttg1\n0.", 'latin1'),
    Buffer.from(
      '\x80\x04\x95\x20\x00\x00\x00\x00\x00\x00\x00]\x94(\x8c\x01a\x94\x8a\x02\x00\x01K\x01\x86\x94\x86\x94h\x01\x8b\x01\x00\x00\x00\x01\x85e.',
      'latin1',
    ),
  ];
  const good = encodeBatch('pickle', { names: ['good'], times: [1e12], values: [42] });
  const frame = Buffer.alloc(4096);
  for (let i = 0; i < PICKLES; i++) {
    const length = mutate(seeds[random(seeds.length)], frame, 4, random);
    frame.writeUInt32BE(length);
    const end = 4 + length + good.copy(frame, 4 + length);
    assert.equal(stream.feed(frame.subarray(0, end), 0, 0), end);
    assert.deepEqual(writer.points.at(-1), ['good', 1e12, 42], `pickle ${i}`);
    writer.points.length = 0;
  }
});

/** Copies `seed` to `at` with up to a few bytes changed, doubled or left out; returns how many bytes it wrote, at most 200. */
function mutate(seed: Buffer, into: Buffer, at: number, random: (below: number) => number): number {
  let length = seed.copy(into, at);
  for (let changes = random(5); changes > 0 && length > 1; changes--) {
    const place = at + random(length);
    const how = random(4);
    if (how === 0) into[place] = random(256);
    else if (how === 1) into[place] ^= 1 << random(8);
    else if (how === 2) into.copyWithin(place, place + 1, at + length--);
    else {
      const piece = Math.min(random(40), 200 - length);
      into.copyWithin(place + piece, place, at + length);
      length += Math.max(0, piece);
    }
  }
  return Math.min(length, 200);
}
