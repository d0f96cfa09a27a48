import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Kind } from '../../../core/series.ts';
import { Aggregation, type AggregationOptions } from './aggregation.ts';
import { readLine } from './line.ts';

function make(options: Partial<AggregationOptions> = {}): Aggregation {
  return new Aggregation({ maxSeries: 1024, slots: 0, sanitize: true, histograms: 'timer', factLine: () => undefined, ...options });
}

function feed(aggregation: Aggregation, text: string): void {
  const bytes = Buffer.from(text);
  aggregation.lines(bytes, 0, bytes.length);
}

/** All series of the ended interval in words. */
function contents(aggregation: Aggregation): Record<string, string> {
  const all: Record<string, string> = {};
  for (let index = 0; index < aggregation.recordLimit; index++) {
    const kind = aggregation.kindAt(index);
    if (kind === Kind.unknown) continue;
    all[`${kind} ${aggregation.keyAt(index)}`] =
      kind === Kind.gauge
        ? String(aggregation.gaugeAtEnd(index))
        : kind === Kind.timer
          ? `${aggregation.amount(index)}: ${sorted(aggregation, index)}`
          : String(aggregation.amount(index));
  }
  return all;
}

function sorted(aggregation: Aggregation, index: number): string {
  const samples = aggregation.samples(index);
  return Array.from({ length: samples.count }, (_, k) => samples.at(k + 1)).join();
}

/** The same, aggregated by the full rules in the plainest way. */
function reference(lines: string[]): { contents: Record<string, string>; bad: number } {
  const counters = new Map<string, number>();
  const gauges = new Map<string, number>();
  const timers = new Map<string, { weight: number; samples: number[] }>();
  const sets = new Map<string, Set<string>>();
  let bad = 0;
  for (const line of lines) {
    const { key, readings } = readLine(line, { sanitize: true, histograms: 'timer' });
    for (const { fault, kind, value, weight, signed, member } of readings) {
      if (fault) bad++;
      else if (kind === Kind.counter) counters.set(key, (counters.get(key) ?? 0) + value * weight);
      else if (kind === Kind.gauge) gauges.set(key, signed && gauges.get(key) ? (gauges.get(key) as number) + value : value);
      else if (kind === Kind.set) sets.set(key, (sets.get(key) ?? new Set()).add(member));
      else {
        const timer = timers.get(key) ?? { weight: 0, samples: [] };
        timer.weight += weight;
        timer.samples.push(value);
        timers.set(key, timer);
      }
    }
  }
  const all: Record<string, string> = {};
  for (const [key, value] of counters) all[`${Kind.counter} ${key}`] = String(value);
  for (const [key, value] of gauges) all[`${Kind.gauge} ${key}`] = String(value);
  for (const [key, { weight, samples }] of timers) all[`${Kind.timer} ${key}`] = `${weight}: ${samples.toSorted((a, b) => a - b).join()}`;
  for (const [key, members] of sets) all[`${Kind.set} ${key}`] = String(members.size);
  return { contents: all, bad };
}

const name = fc.oneof(fc.constantFrom('a', 'b.c', 'a/b', 'a-b', 'x y', 'long.name.with.many.parts.in.it'), fc.stringMatching(/^[a-z.$ |]{0,20}$/));
const value = fc.oneof(
  fc.integer().map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((n) => n.toFixed(3)),
  fc.constantFrom('', '1', '+4', '-2', '.5', '5.', '.', '+', '1e3', '0x10', ' 4 ', 'Infinity', '12345678901234567890', '0.1234567890123456', 'user7', '-0'),
);
const type = fc.constantFrom('c', 'ms', 'g', 's', 'h', 'd', 'm', '', 'c ', 'ms\r', 'x');
const rate = fc.constantFrom('', '', '', '|@0.1', '|@0.5', '|@1', '|@0', '|@2e-1', '|@x', '|@', '|', '|@.25', '|@-1');
const tags = fc.constantFrom('', '', '', '|#a:b', '|#b:1,a:2', '|#a:2,b:1', '|#', '|#x', '|#a:b|c:ci-77', '|#a:b|@0.5', '|T12', '|#e:|#f:g');
const group = fc.tuple(value, type, rate).map(([v, t, r]) => `${v}|${t}${r}`);
const packed = fc.tuple(fc.array(value, { minLength: 1, maxLength: 4 }), type, rate).map(([vs, t, r]) => `${vs.join(':')}|${t}${r}`);
const line = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(name, fc.array(fc.oneof({ weight: 3, arbitrary: group }, packed), { minLength: 1, maxLength: 3 }), tags)
      .map(([n, groups, t]) => `${n}:${groups.join(':')}${t}`),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z0-9:|@#., +-]{1,40}$/) },
);

test('the fast parser and the full rules agree on whatever comes', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 40 }), (lines) => {
      const aggregation = make();
      feed(aggregation, lines.join('\n'));
      aggregation.swap();
      const expected = reference(lines);
      assert.deepEqual(contents(aggregation), expected.contents);
      const counts = aggregation.takeCounts();
      assert.deepEqual([counts.lines, counts.badLines], [lines.length, expected.bad]);
      // Once more with all names known, so that now the fast way is taken.
      feed(aggregation, lines.join('\n'));
      assert.equal(aggregation.takeCounts().badLines, expected.bad);
    }),
    { numRuns: 1500 },
  );
});

test('a number is rounded as JavaScript rounds it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), fc.integer({ min: 0, max: 15 }), (digits, places) => {
      const text = String(digits).padStart(places + 1, '0');
      const number = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
      const aggregation = make();
      feed(aggregation, `g:1|g\ng:${number}|g`);
      aggregation.swap();
      assert.equal(aggregation.gaugeAtEnd(0), Number(number));
    }),
    { numRuns: 300 },
  );
});

test('what comes while an interval is read belongs to the next one', () => {
  const aggregation = make();
  feed(aggregation, 'c:1|c\ng:5|g\nt:1|ms\ns:a|s');
  aggregation.swap();
  feed(aggregation, 'c:10|c\ng:+2|g\nt:9|ms\ns:a|s\ns:b|s');
  assert.deepEqual(contents(aggregation), { '1 c': '1', '2 g': '5', '3 t': '1: 1', '4 s': '1' });
  for (let i = 0; i < 4; i++) aggregation.clear(i);
  aggregation.swap();
  assert.deepEqual(contents(aggregation), { '1 c': '10', '2 g': '7', '3 t': '1: 9', '4 s': '2' });
  for (let i = 0; i < 4; i++) aggregation.clear(i);
  aggregation.swap();
  assert.deepEqual(contents(aggregation), { '1 c': '0', '2 g': '7', '3 t': '0: ', '4 s': '0' });
});

test('spellings of one key are one series', () => {
  const aggregation = make();
  feed(aggregation, 'a b:1|c\na_b:1|c\na  b:1|c\nx:1|c|#b:1,a:2\nx;a=2;b=1:1|c\nx:1|c|#a:2,b:1\nx:1|c|#b:1,a:2');
  aggregation.swap();
  assert.deepEqual(contents(aggregation), { '1 a_b': '3', '1 x;a=2;b=1': '4' });
});

test('new names above the bound are refused and counted value by value; known ones go on', () => {
  const aggregation = make({ maxSeries: 1024 });
  for (let i = 0; i < 5000; i++) feed(aggregation, `n${i}:1|c`);
  feed(aggregation, 'n7:1|c\nnew:1|c:2|ms:3:4|g\nnew:x|s\nnew: 5|c');
  aggregation.swap();
  const counts = aggregation.takeCounts();
  assert.equal(aggregation.seriesInUse, 1024);
  assert.equal(counts.lines, 5004);
  assert.equal(counts.refused, 5000 - 1024 + 6);
  assert.equal(contents(aggregation)['1 n7'], '2');
});

test('a removed series leaves its place, its spellings and its pages to others', () => {
  const aggregation = make({ maxSeries: 1024 });
  for (let round = 0; round < 50; round++) {
    for (let i = 0; i < 1000; i++) feed(aggregation, `r${round}.${i}.${'x'.repeat((i * 7) % 60)}:1|ms`);
    feed(aggregation, `r${round}.0./:2|ms`);
    aggregation.swap();
    assert.equal(aggregation.takeCounts().refused, 0);
    aggregation.forgetSpellings(() => true);
    for (const index of aggregation.known(Kind.timer).values()) aggregation.remove(index);
    assert.equal(aggregation.seriesInUse, 0);
  }
});

test('set members above the bound are counted', () => {
  const aggregation = make({ maxSeries: 1024 });
  for (let i = 0; i < 300_000; i += 1000) feed(aggregation, Array.from({ length: 1000 }, (_, k) => `s:m${i + k}|s`).join('\n'));
  aggregation.swap();
  const dropped = aggregation.takeCounts().membersDropped;
  assert.ok(dropped > 0);
  assert.equal(aggregation.amount(0) + dropped, 300_000);
});

test('samples above the bound are counted, and the next interval has all pages again', () => {
  const aggregation = make({ maxSeries: 1024 });
  const timers = 1000;
  // Sketches over 56 octaves want some 57,000 of the 65,536 pages in each of two intervals at once.
  for (let interval = 0; interval < 2; interval++) {
    for (let i = 0; i < timers; i++) feed(aggregation, Array.from({ length: 400 }, (_, k) => `t${i}:${2 ** ((k % 56) - 16)}|ms`).join('\n'));
    aggregation.swap();
  }
  const { samplesDropped, lines } = aggregation.takeCounts();
  assert.equal(lines, 2 * timers * 400);
  assert.ok(samplesDropped > 0);
  for (const index of aggregation.known(Kind.timer).values()) {
    if (aggregation.touches(index) === 0) continue;
    const samples = aggregation.samples(index);
    assert.ok(samples.lowest >= 2 ** -16 && samples.highest <= 2 ** 39 && samples.at(samples.count) <= samples.highest);
    aggregation.clear(index);
  }
  aggregation.swap();
  for (const index of aggregation.known(Kind.timer).values()) aggregation.clear(index);
  for (let i = 0; i < timers; i++) feed(aggregation, Array.from({ length: 400 }, (_, k) => `t${i}:${2 ** ((k % 56) - 16)}|ms`).join('\n'));
  assert.equal(aggregation.takeCounts().samplesDropped, 0);
});
