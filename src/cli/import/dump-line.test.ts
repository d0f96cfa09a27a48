import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseDumpLine } from './dump-line.ts';

const NOW = 1_700_000_000;

test('name, value and time are read as carbon reads them', () => {
  const rows: [line: string, name: string, value: number, time: number][] = [
    ['a.b 1 1600000000', 'a.b', 1, 1_600_000_000],
    ['  a.b\t-2.5e3   1600000000.9\r', 'a.b', -2500, 1_600_000_000],
    ['a .5 -1', 'a', 0.5, NOW],
    ['a inf 1', 'a', Infinity, 1],
    ['d;z=1;a=2 7 60', 'd;a=2;z=1', 7, 60],
    ['d{z="1",a="2"} 7 60', 'd;a=2;z=1', 7, 60],
  ];
  for (const [line, name, value, time] of rows) assert.deepEqual(parseDumpLine(line, NOW), { name, value, time });
});

test('a bad line says why, a blank one is none', () => {
  const rows: [line: string, why: RegExp][] = [
    ['a 1', /2 fields, not name, value and time/],
    ['a b 1 2', /4 fields/],
    ['a None 1', /'None' is not a number/],
    ['a nan 1', /'nan' is not a number/],
    ['a 0x10 1', /'0x10' is not a number/],
    ['a 1 yesterday', /'yesterday' is no time/],
    ['a 1 -2', /'-2' is no time/],
    ['a 1 1600000000000', /is no time/],
    ['a;b 1 1', /tags/],
    ['a\u0007 1 1', /control character/],
    [`${'a'.repeat(1025)} 1 1`, /longer than 1024/],
  ];
  for (const [line, why] of rows) assert.match(JSON.stringify(parseDumpLine(line, NOW)), why, line);
  assert.equal(parseDumpLine(' \r', NOW), undefined);
});

test('any text is a point or says why not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = parseDumpLine(text, NOW);
      if (line && 'name' in line) assert.ok(line.name !== '' && line.value === line.value && Number.isInteger(line.time));
      else assert.ok(line === undefined || line.problem !== '');
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z.]{1,20}$/), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(), (name, value, time) => {
      assert.deepEqual(parseDumpLine(`${name} ${value} ${time}`, NOW), { name, value: Number(String(value)), time });
    }),
  );
});
