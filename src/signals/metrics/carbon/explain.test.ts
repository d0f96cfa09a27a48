import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { allocateCounters, CounterLane } from '../../../core/counters.ts';
import { CarbonDoor } from './door.ts';
import { explainCarbonLine } from './explain.ts';
import { LineParser } from './line.ts';
import { NameTable } from './name-table.ts';
import { RecordingWriter } from './recording-writer.fixture.ts';

const ROWS: [line: string, verdict: string, fault: string][] = [
  ['a.b 1 1700000000', 'taken, Graphite line', ''],
  ['a.b 1 -1\r\n', 'taken, Graphite line', ''],
  ['a.b 1 1700000000000', 'taken, Graphite line; its time looks like milliseconds', ''],
  ['', 'empty line', ''],
  ['a.b 1', 'dropped: three fields needed: name value time', 'a.b 1'],
  ['a.b 1 2 3 4', 'dropped: three fields needed: name value time', '3 4'],
  ['a.b 0,42 1700000000', 'dropped: not a number; write 0.42 with a point', '0,42'],
  ['a.b 12ms 1700000000', 'dropped: not a number; write 12 without a unit', '12ms'],
  ['a.b 0x10 1700000000', 'dropped: not a number', '0x10'],
  ['a.b 1|c 1700000000', 'dropped: not a number; StatsD lines go to the StatsD port', '1|c'],
  ['a.b nan 1700000000', 'dropped: NaN is no value', 'nan'],
  ['a.b 1 soon', 'dropped: not a time; write seconds since 1970, or -1 for now', 'soon'],
  ['a;b 1 -1', 'dropped: bad tags; write name;key=value', 'a;b'],
  ['a\u0001 1 -1', 'dropped: a control character', '\u0001'],
];

test('each verdict says what to do and where', () => {
  for (const [line, verdict, fault] of ROWS) {
    const answer = explainCarbonLine(line);
    assert.equal(answer.verdict, verdict, line);
    assert.equal(answer.fault ? line.slice(...answer.fault) : '', fault, line);
    assert.equal(answer.taken, verdict.startsWith('taken'), line);
  }
  assert.equal(explainCarbonLine('disk;b=2;a=1 1 -1').series, 'disk;a=1;b=2');
});

test('the verdict is what the parser does', () => {
  const names = new NameTable(10_000, 1_000_000);
  const word = fc.oneof(fc.constantFrom('a.b', 'x;k=v', 'x;k', '1', '-1', '0,4', '1e5', 'inf', 'nan', '.', '0x1', 'é', '}', '\r'), fc.string({ maxLength: 4 }));
  const line = fc.tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.constantFrom(' ', '\t', '  ')).map(([words, gap]) => words.join(gap));
  fc.assert(
    fc.property(line, (text) => {
      const writer = new RecordingWriter();
      const counters = new CounterLane(allocateCounters(), 'receive');
      const bytes = Buffer.from(`${text}\n`);
      new LineParser(new CarbonDoor(writer, counters, names), counters).parse(bytes, 0, bytes.length, 0);
      names.clear();
      const { taken, series } = explainCarbonLine(text);
      assert.deepEqual(
        writer.points.map(([name]) => name),
        taken ? [series] : [],
      );
    }),
    { numRuns: 3000 },
  );
});
