import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { allocateCounters, CounterLane, readCounters } from '../../../core/counters.ts';
import { encodeBatch } from '../forward/encode.ts';
import { CarbonDoor } from './door.ts';
import { NameTable } from './name-table.ts';
import { decodePickle, type PickleValue } from './pickle.ts';
import { PickleBudget, PickleStream } from './pickle-stream.ts';
import { RecordingWriter } from './recording-writer.fixture.ts';

const NOW = 1_800_000_000_000;
const names = new NameTable(10_000, 1_000_000);

function streaming(budget = new PickleBudget()) {
  const memory = allocateCounters();
  const counters = new CounterLane(memory, 'receive');
  const writer = new RecordingWriter();
  names.clear();
  const stream = new PickleStream(new CarbonDoor(writer, counters, names), counters, budget);
  const counts = (): Record<string, number> => readCounters(memory);
  return { stream, writer, counts, budget };
}

const framed = (...pickles: Uint8Array[]): Buffer =>
  Buffer.concat(
    pickles.flatMap((pickle) => {
      const prefix = Buffer.alloc(4);
      prefix.writeUInt32BE(pickle.length);
      return [prefix, pickle];
    }),
  );
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function plain(value: PickleValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' && value !== null ? Buffer.from(value.bytes.subarray(value.start, value.end)).toString() : value;
}

// Written down from Python's pickle and from what old clients send; the journey has python3 itself make more.
const VALUES: [pickle: string, value: unknown][] = [
  ['(lp0\n.', []],
  ["(lp0\n(S'a.b'\np1\n(I1\nF2.5\ntp2\ntp3\na.", [['a.b', [1, 2.5]]]],
  ['(lp0\n(Va\\u00e9\\U0001F600\xe9\n(L123456789012L\nI01\ntp2\ntp3\na.', [['aé😀é', [123456789012, 1]]]],
  ['S"it\'s \\x41\\n"\n.', "it's A\n"],
  ['\x80\x02]q\x00X\x01\x00\x00\x00aJ\xff\xff\xff\xffG\x3f\xf0\x00\x00\x00\x00\x00\x00\x86\x86a.', [['a', [-1, 1]]]],
  ['\x80\x02U\x02abq\x010h\x01.', 'ab'],
  ['\x80\x04\x95\x03\x00\x00\x00\x00\x00\x00\x00\x8c\x01a\x94.', 'a'],
  ['(K\x01M\x00\x02\x88\x89Nt.', [1, 512, 1, 0, null]],
  ['\x8a\x00.', 0],
  ['\x8a\x02\x00\xff.', -256],
  ['\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01.', 2 ** 64],
  ['\x8b\x01\x00\x00\x00\x7f.', 127],
  ['\x8e\x01\x00\x00\x00\x00\x00\x00\x00a.', 'a'],
  ['(1]2\x85.', [[]]],
  ['Fnan\n.', NaN],
];

test('plain data comes out of every protocol', () => {
  for (const [pickle, value] of VALUES) assert.deepEqual(plain(decodePickle(latin(pickle))), value, JSON.stringify(pickle));
});

const REFUSED: [what: string, pickle: string][] = [
  ['GLOBAL', "cos\nsystem\n(S'echo hi'\ntR."],
  ['REDUCE', '))R.'],
  ['BUILD', ')}b.'],
  ['INST', '(ios\nsystem\n.'],
  ['OBJ', '(I1\no.'],
  ['NEWOBJ', '))\x81.'],
  ['NEWOBJ_EX', ')))\x92.'],
  ['STACK_GLOBAL', '\x8c\x02os\x8c\x06system\x93.'],
  ['EXT1', '\x82\x01.'],
  ['EXT2', '\x83\x01\x00.'],
  ['EXT4', '\x84\x01\x00\x00\x00.'],
  ['PERSID', 'Pid\n.'],
  ['BINPERSID', 'NQ.'],
  ['a dictionary', '}.'],
  ['a set', '\x8f.'],
  ['a bytearray', '\x96\x01\x00\x00\x00\x00\x00\x00\x00a.'],
  ['a buffer', '\x97.'],
  ['nothing', ''],
  ['only STOP', '.'],
  ['no STOP', ']'],
  ['protocol 6', '\x80\x06].'],
  ['a string past the end', 'X\xff\xff\xff\xffa.'],
  ['a string of 2^63 bytes', '\x8d\x00\x00\x00\x00\x00\x00\x00\x80a.'],
  ['a huge integer', `\x8b\x81\x00\x00\x00${'a'.repeat(129)}.`],
  ['an unknown memo', 'h\x07.'],
  ['APPEND to a number', 'I1\nI2\na.'],
  ['a tuple across a mark', 'I1\n(\x86.'],
  ['POP of nothing', '0.'],
  ['TUPLE without a mark', 't.'],
  ['APPENDS without a list', '(e.'],
  ['an unfinished line', "S'abc"],
  ['a bad number', 'I0x10\n.'],
  ['a code point that is none', 'V\\UFFFFFFFF\n.'],
];

test('everything else is refused and nothing is run', () => {
  for (const [what, pickle] of REFUSED) assert.throws(() => decodePickle(latin(pickle)), { code: 'bad_pickle' }, what);
});

test('pickles that grow without end are refused', () => {
  assert.throws(() => decodePickle(Buffer.alloc(1_048_576, ']')), { code: 'bad_pickle' });
  assert.throws(() => decodePickle(Buffer.concat([latin(']'), Buffer.alloc(1_000_000, '2')])), { code: 'bad_pickle' });
  assert.throws(() => decodePickle(Buffer.concat([latin(']'), Buffer.alloc(1_000_000, ']0'), latin('.')])), { code: 'bad_pickle' });
  const nested = Buffer.concat([Buffer.alloc(200_000, ']'), Buffer.alloc(199_999, 'a'), latin('.')]);
  assert.ok(Array.isArray(decodePickle(nested)));
});

test('items that are wrong are passed over, the others are taken', () => {
  const { stream, writer, counts } = streaming();
  const items = [
    "(S'a'\n(I1700000000\nI1\ntta",
    "(S'b'\n(S' 1700000000 '\nS'12.5'\ntta",
    "(S'c'\n(I-1\nI01\ntta",
    "(S'd'\n(I1700000000\nNtta",
    "(S'e'\n(I1700000000\nS'x'\ntta",
    "(S'f'\nI1\nta",
    'I1\na',
    '(I1\n(I1700000000\nI1\ntta',
    "(S''\n(I1700000000\nI1\ntta",
    "(S'g'\n(NI1\ntta",
    "(S'h'\n(I1700000000\nFnan\ntta",
    "(S'i;b=1;a=2'\n(I1700000000\nI2\ntta",
  ];
  const bytes = framed(latin(`(l${items.join('')}.`));
  assert.equal(stream.feed(bytes, 0, NOW), bytes.length);
  assert.deepEqual(writer.points, [
    ['a', 1_700_000_000_000, 1],
    ['b', 1_700_000_000_000, 12.5],
    ['c', NOW, 1],
    ['i;a=2;b=1', 1_700_000_000_000, 2],
  ]);
  assert.equal(counts()['carbon.dropped.not_a_number'], 3);
  assert.equal(counts()['carbon.dropped.bad_line'], 4);
  assert.equal(counts()['carbon.dropped.bad_name'], 1);
  assert.equal(counts()['carbon.pickle.points'], 4);
});

test('frames cut anywhere, with bad ones between, give the same points; a full queue only delays them', () => {
  const frame = fc.oneof(
    fc
      .array(fc.nat(9), { maxLength: 30 })
      .map((values) => encodeBatch('pickle', { names: values.map((value) => `name.${value}`), times: values.map((value) => value * 1000), values })),
    fc.constant(framed(latin('cos\nsystem\n.'))),
    fc.constant(framed(latin(''))),
  );
  const property = fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.nat(40)), fc.nat(7), (frames, cuts, room) => {
    const whole = Buffer.concat(frames);
    const expected = streaming();
    assert.equal(expected.stream.feed(whole, 0, NOW), whole.length);
    const { stream, writer, counts, budget } = streaming();
    const left = budget.left;
    writer.room = room;
    let at = 0;
    for (const cut of [...cuts, whole.length]) {
      const chunk = whole.subarray(at, Math.min(whole.length, at + cut));
      at += chunk.length;
      for (let done = stream.feed(chunk, 0, NOW); done < chunk.length; done = stream.feed(chunk, done, NOW)) writer.room += 1 + room;
    }
    stream.end();
    assert.deepEqual(writer.points, expected.writer.points);
    assert.equal(counts()['carbon.pickle.messages'], expected.counts()['carbon.pickle.messages']);
    assert.equal(counts()['carbon.dropped.bad_pickle'], expected.counts()['carbon.dropped.bad_pickle']);
    assert.equal(budget.left, left);
  });
  fc.assert(property, { numRuns: 500 });
});

test('a pickle that is announced too long ends the connection, cut or whole', () => {
  for (const cut of [0, 2]) {
    const { stream, counts } = streaming();
    const bytes = latin('\x00\x10\x00\x01');
    if (cut > 0) assert.equal(stream.feed(bytes.subarray(0, cut), 0, NOW), cut);
    assert.equal(stream.feed(bytes.subarray(cut), 0, NOW), -1);
    assert.equal(counts()['carbon.dropped.too_long'], 1);
  }
});

test('unfinished pickles of all connections share a budget', () => {
  const budget = new PickleBudget(16_384);
  const half = Buffer.concat([latin('\x00\x00\x40\x00'), Buffer.alloc(8000)]);
  const [first, second, third] = [streaming(budget), streaming(budget), streaming(budget)];
  assert.equal(first.stream.feed(half, 0, NOW), half.length);
  assert.equal(second.stream.feed(half, 0, NOW), half.length);
  assert.equal(third.stream.feed(half, 0, NOW), -1);
  first.stream.end();
  assert.equal(streaming(budget).stream.feed(half, 0, NOW), half.length);
});
