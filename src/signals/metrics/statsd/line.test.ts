import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kind, KIND_NAMES } from '../../../core/series.ts';
import { readLine, type LineRules } from './line.ts';

const UPSTREAM: LineRules = { sanitize: true, histograms: 'counter' };

/** The readings in short: `counter 20`, `gauge +3`, `timer 500 x2`, `set x`, `bad_rate`. */
function short(line: string, rules: LineRules = UPSTREAM): [key: string, ...readings: string[]] {
  const { key, readings } = readLine(line, rules);
  return [
    key,
    ...readings.map(({ fault, kind, value, weight, signed, member }) => {
      if (fault) return fault;
      if (kind === Kind.set) return `set ${member}`;
      if (kind === Kind.gauge) return `gauge ${signed && value >= 0 ? '+' : ''}${value}`;
      return `${KIND_NAMES[kind]} ${value}${weight === 1 ? '' : ` x${weight}`}`;
    }),
  ];
}

// Upstream's rules, one by one, in the order of the reference.
const upstream: [line: string, ...expected: string[]][] = [
  ['a.b:1|c', 'a.b', 'counter 1'],
  ['c1:2|c|@0.1', 'c1', 'counter 2 x10'],
  ['onlykey', 'onlykey', 'no_value'],
  ['bad:1', 'bad', 'no_type'],
  ['bad2:abc|c', 'bad2', 'not_a_number'],
  ['comma:0,3|g', 'comma', 'not_a_number'],
  ['emptyval:|c', 'emptyval', 'not_a_number'],
  [':1|c', '', 'counter 1'],
  ['weird:7|h', 'weird', 'counter 7'],
  ['weird:7|d', 'weird', 'counter 7'],
  ['meter:7|m', 'meter', 'counter 7'],
  ['other:7|xyz', 'other', 'counter 7'],
  ['noty:1|', 'noty', 'counter 1'],
  ['minus:-3|c', 'minus', 'counter -3'],
  ['g5:5|g', 'g5', 'gauge 5'],
  ['g5:+3|g', 'g5', 'gauge +3'],
  ['g5:-2|g', 'g5', 'gauge -2'],
  ['Igorrr:Igorrr|g', 'Igorrr', 'not_a_number'],
  ['t1:500|ms|@0.5', 't1', 'timer 500 x2'],
  ['t1:-1|ms', 't1', 'negative_time'],
  ['t1:-1|ms ', 't1', 'timer -1'],
  ['cr:4|ms\r', 'cr', 'timer 4'],
  ['set:x|s', 'set', 'set x'],
  ['set:|s', 'set', 'set 0'],
  ['set:x|s|@0.5', 'set', 'set x'],
  ['set:x|s|@no', 'set', 'bad_rate'],
  ['multi:1|c:2|c:3|ms', 'multi', 'counter 1', 'counter 2', 'timer 3'],
  ['multi:1|c:x|c:3|ms', 'multi', 'counter 1', 'not_a_number', 'timer 3'],
  ['plus:+4|c', 'plus', 'counter 4'],
  ['space: 4 |c', 'space', 'counter 4'],
  ['exp:1e3|c', 'exp', 'counter 1000'],
  ['hex:0x10|c', 'hex', 'counter 16'],
  ['inf:Infinity|c', 'inf', 'counter Infinity'],
  ['nan:NaN|c', 'nan', 'not_a_number'],
  ['rate0:1|c|@0', 'rate0', 'counter 1 xInfinity'],
  ['rate2:1|c|@2', 'rate2', 'counter 1 x0.5'],
  ['bytes:1|c|@2e-1', 'bytes', 'counter 1 x0.5'],
  ['hexrate:1|c|@0x10', 'hexrate', 'counter 1 xInfinity'],
  ['neg:1|c|@-1', 'neg', 'bad_rate'],
  ['norate:1|c|', 'norate', 'bad_rate'],
  ['norate:1|c|@', 'norate', 'bad_rate'],
  ['norate:1|c|0.1', 'norate', 'bad_rate'],
  ['norate:1|c|@+5', 'norate', 'bad_rate'],
  ['fourth:1|c|@0.5|x', 'fourth', 'counter 1 x2'],
  ['sp ace/sl$ash:1|c', 'sp_ace-slash', 'counter 1'],
  ['tag:1|c|#env:prod,x:y', 'tag;env=prod;x=y', 'counter 1'],
  ['tag:1|c|@0.5|#env:prod', 'tag;env=prod', 'counter 1 x2'],
  ['tag:1|c|#', 'tag', 'counter 1'],
  ['tag|#a:1|c', 'tag;a=1', 'no_value'],
  ['nt;env=prod:1|ms', 'nt;env=prod', 'timer 1'],
];
for (const [line, ...expected] of upstream) test(`upstream reads ${JSON.stringify(line)} so`, () => assert.deepEqual(short(line), expected));

// DogStatsD, where upstream would only see bad values or garbled tags.
const dogstatsd: [line: string, ...expected: string[]][] = [
  ['packed:1:2:3|ms', 'packed', 'timer 1', 'timer 2', 'timer 3'],
  ['packed:1:x:3|d|@0.5|#a:b', 'packed;a=b', 'timer 1 x2', 'not_a_number', 'timer 3 x2'],
  ['members:a:b|s', 'members', 'no_type', 'set b'],
  ['id:1|c|c:ci-83c0a99c', 'id', 'counter 1'],
  ['id:1|c|@0.5|c:ci-83c0a99c', 'id', 'counter 1 x2'],
  ['id:1|c|#a:b|c:ci-83c0a99c', 'id;a=b', 'counter 1'],
  ['id:1|c|#a:b|T1656581400|c:in-12', 'id;a=b', 'counter 1'],
  ['id:1|c|T1656581400', 'id', 'counter 1'],
  ['id:1|g|e:it-false,cn-app|card:low|#a:b', 'id;a=b', 'gauge 1'],
  ['order:1|c|#a:b|@0.5', 'order;a=b', 'counter 1 x2'],
  ['not.an.id:1|c:2|c', 'not.an.id', 'counter 1', 'counter 2'],
  ['not.an.id:1|c:2', 'not.an.id', 'counter 1', 'no_type'],
];
const dog: LineRules = { sanitize: true, histograms: 'timer' };
for (const [line, ...expected] of dogstatsd) test(`DogStatsD's ${JSON.stringify(line)} is read so`, () => assert.deepEqual(short(line, dog), expected));

test('h and d are timers unless the configuration says as upstream', () => {
  assert.deepEqual(short('x:-7|h', dog), ['x', 'timer -7']);
  assert.deepEqual(short('x:7|d|@0.1', dog), ['x', 'timer 7 x10']);
});

test('a fault says where it stands', () => {
  const [, bad] = readLine('a:1|c:0,3|g', dog).readings;
  assert.deepEqual([bad.fault, bad.from, bad.to], ['not_a_number', 6, 9]);
  const [rate] = readLine('a:1|c|@x', dog).readings;
  assert.deepEqual([rate.fault, rate.from, rate.to], ['bad_rate', 6, 8]);
});

test('a name that is too long makes the whole line bad', () => {
  assert.deepEqual(short(`${'a'.repeat(2000)}:1|c:2|c`), ['', 'bad_name']);
});
