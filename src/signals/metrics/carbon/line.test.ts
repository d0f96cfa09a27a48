import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { allocateCounters, CounterLane, readCounters } from '../../../core/counters.ts';
import { formatTagged, parseTagged } from '../../../core/tagged.ts';
import { CarbonDoor } from './door.ts';
import { LineParser } from './line.ts';
import { NameTable } from './name-table.ts';
import { RecordingWriter } from './recording-writer.fixture.ts';

const NOW = 1_800_000_000_000;

function read(
  text: string | Buffer,
  names = new NameTable(10_000, 1_000_000),
): { points: RecordingWriter['points']; dropped: Record<string, number>; lines: number } {
  const memory = allocateCounters();
  const counters = new CounterLane(memory, 'receive');
  const writer = new RecordingWriter();
  const parser = new LineParser(new CarbonDoor(writer, counters, names), counters);
  const bytes = Buffer.from(text);
  assert.equal(parser.parse(bytes, 0, bytes.length, NOW), bytes.length);
  const counts = readCounters(memory);
  const dropped = Object.entries(counts).filter(([name, count]) => name.startsWith('carbon.dropped.') && count > 0);
  return { points: writer.points, dropped: Object.fromEntries(dropped.map(([name, count]) => [name.slice(15), count])), lines: counts['carbon.lines'] };
}

const TAKEN: [line: string, name: string, value: number, time: number][] = [
  ['a.b 1 1700000000', 'a.b', 1, 1_700_000_000_000],
  ['a.b 1 1700000000\r', 'a.b', 1, 1_700_000_000_000],
  ['  a.b\t \t1.50   1700000000 \t', 'a.b', 1.5, 1_700_000_000_000],
  ['a.b -0.25 1700000000.75', 'a.b', -0.25, 1_700_000_000_750],
  ['a.b +3 1700000000', 'a.b', 3, 1_700_000_000_000],
  ['a.b .5 1700000000', 'a.b', 0.5, 1_700_000_000_000],
  ['a.b 5. 1700000000', 'a.b', 5, 1_700_000_000_000],
  ['a.b 1e3 1.7e9', 'a.b', 1000, 1_700_000_000_000],
  ['a.b -inf 1700000000', 'a.b', -Infinity, 1_700_000_000_000],
  ['a.b Infinity 1700000000', 'a.b', Infinity, 1_700_000_000_000],
  ['a.b 0.1 1700000000', 'a.b', 0.1, 1_700_000_000_000],
  ['a.b 37.704918032786885 1700000000', 'a.b', 37.704918032786885, 1_700_000_000_000],
  ['a.b 12345678901234567890 1700000000', 'a.b', Number('12345678901234567890'), 1_700_000_000_000],
  ['a.b 0.00000000000000000000000000001 1700000000', 'a.b', 1e-29, 1_700_000_000_000],
  ['a.b 2 -1', 'a.b', 2, NOW],
  ['a.b 2 -1.0', 'a.b', 2, NOW],
  ['a.b 2 1700000000000', 'a.b', 2, 1_700_000_000_000_000],
  ['größe.mb 2 1700000000', 'größe.mb', 2, 1_700_000_000_000],
  ['disk;b=2;a=1 2 1700000000', 'disk;a=1;b=2', 2, 1_700_000_000_000],
  ['disk{b="2",a="1"} 2 1700000000', 'disk;a=1;b=2', 2, 1_700_000_000_000],
  ['.kibana..size 2 1700000000', '.kibana..size', 2, 1_700_000_000_000],
  ['../../tmp/pwn 1 1700000000', '../../tmp/pwn', 1, 1_700_000_000_000],
  [`${'n'.repeat(1024)} 1 1700000000`, 'n'.repeat(1024), 1, 1_700_000_000_000],
];

test('lines are taken as carbon takes them', () => {
  for (const [line, name, value, time] of TAKEN) {
    assert.deepEqual(read(`${line}\n`), { points: [[name, time, value]], dropped: {}, lines: 1 }, line);
  }
});

const DROPPED: [line: string, reason: string][] = [
  ['a.b', 'bad_line'],
  ['a.b ', 'bad_line'],
  ['a.b 1', 'bad_line'],
  ['a.b 1 ', 'bad_line'],
  ['a.b 1 2 3', 'bad_line'],
  ['a.b 1 soon', 'bad_line'],
  ['a.b 1 nan', 'bad_line'],
  ['a.b 1 inf', 'bad_line'],
  ['a\u0001b 1 1700000000', 'bad_line'],
  ['a.b 1\u00002 1700000000', 'bad_line'],
  ['a.b 1\r1700000000', 'bad_line'],
  ['a.b nan 1700000000', 'not_a_number'],
  ['a.b 0,42 1700000000', 'not_a_number'],
  ['a.b 0x10 1700000000', 'not_a_number'],
  ['a.b - 1700000000', 'not_a_number'],
  ['a.b . 1700000000', 'not_a_number'],
  ['a.b 1e 1700000000', 'not_a_number'],
  [`${'n'.repeat(1025)} 1 1700000000`, 'bad_name'],
  ['a\u007fb 1 1700000000', 'bad_name'],
  ['disk;host= 1 1700000000', 'bad_name'],
  ['disk;=a 1 1700000000', 'bad_name'],
  [';host=a 1 1700000000', 'bad_name'],
];

test('what is wrong is counted by its fault, and good lines after it are taken', () => {
  for (const [line, reason] of DROPPED) {
    assert.deepEqual(read(`${line}\ngood 1 1700000000\n`), { points: [['good', 1_700_000_000_000, 1]], dropped: { [reason]: 1 }, lines: 1 }, line);
  }
});

test('bytes that are not UTF-8 make a bad name', () => {
  assert.deepEqual(read(Buffer.from('a\xffb 1 1700000000\n', 'latin1')).dropped, { bad_name: 1 });
});

test('empty lines are nothing', () => {
  assert.deepEqual(read('\n\r\n  \n\n'), { points: [], dropped: {}, lines: 0 });
});

test('parsing stops at the line for which the queue has no room', () => {
  const counters = new CounterLane(allocateCounters(), 'receive');
  const writer = new RecordingWriter();
  writer.room = 2;
  const parser = new LineParser(new CarbonDoor(writer, counters, new NameTable(1000)), counters);
  const bytes = Buffer.from('a 1 1\nb 2 2\nc 3 3\nd 4 4\n');
  assert.equal(parser.parse(bytes, 0, bytes.length, NOW), 12);
  writer.drain(2);
  assert.equal(parser.parse(bytes, 12, bytes.length, NOW), bytes.length);
  assert.deepEqual(
    writer.points.map(([name]) => name),
    ['a', 'b', 'c', 'd'],
  );
});

test('numbers are those of a correct reader, to the last bit', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }).map(String),
    fc.tuple(fc.maxSafeNat(), fc.nat(25)).map(([digits, point]) =>
      String(digits)
        .padStart(point + 1, '0')
        .replace(new RegExp(`(?=\\d{${point}}$)`), '.'),
    ),
    fc.stringMatching(/^[+-]?\d{1,24}\.?\d{0,26}$/),
  );
  fc.assert(
    fc.property(number, (text) => {
      assert.deepEqual(read(`a ${text} 1700000000\n`).points, [['a', 1_700_000_000_000, Number(text)]]);
    }),
    { numRuns: 2000 },
  );
});

test('any bytes give what a naive reader gives', () => {
  const field = fc.oneof(fc.constantFrom('a', 'b.c', 'x;k=v', '1', '2.5', '-1', '1e3', 'nan', '', '1700000000', 'a{', 'é'), fc.string({ maxLength: 6 }));
  const line = fc.tuple(fc.array(field, { maxLength: 5 }), fc.constantFrom(' ', '\t', '  ', ' \t')).map(([fields, gap]) => fields.join(gap));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const text = `${lines.join('\n')}\n`;
      assert.deepEqual(
        read(text).points.map(([name, , value]) => [name, value]),
        naive(text),
      );
    }),
    { numRuns: 3000 },
  );
});

function naive(text: string): [string, number][] {
  const points: [string, number][] = [];
  for (const line of text.split('\n')) {
    const fields = line
      .replace(/[ \t]*\r?$/, '')
      .split(/[ \t]+/)
      .filter((field) => field !== '');
    // oxlint-disable-next-line no-control-regex
    if (fields.length !== 3 || /[\u0000-\u001f\u007f-\u009f]/.test(fields.join(''))) continue;
    const numeric = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^[+-]?(inf|infinity)$/i;
    if (!numeric.test(fields[1]) || !numeric.test(fields[2]) || /inf/i.test(fields[2])) continue;
    const tagged = parseTagged(fields[0]);
    if (!fields[0].isWellFormed() || !tagged) continue;
    points.push([formatTagged(tagged), Number(fields[1].replace(/inf(inity)?/i, 'Infinity'))]);
  }
  return points;
}

test('a table that is full starts over and every line still finds its name', () => {
  const names = new NameTable(50, 4096);
  const lines = Array.from({ length: 1000 }, (_, i) => `name.${(i * 7) % 331} ${i} 1700000000\n`);
  assert.deepEqual(
    read(lines.join(''), names).points.map(([name, , value]) => `${name} ${value}`),
    lines.map((line) => line.slice(0, line.lastIndexOf(' '))),
  );
  assert.ok(names.count <= 50);
});
