import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryDashboard } from '../arbitrary.fixture.ts';
import { checkDashboard } from '../check.ts';
import { DashboardError, readDashboard } from './read.ts';
import { writeDashboard } from './write.ts';

test('any dashboard is read again as it was written', () => {
  fc.assert(
    fc.property(arbitraryDashboard, (dashboard) => {
      const given = checkDashboard(dashboard);
      assert.deepEqual(readDashboard(writeDashboard(given)), given);
    }),
    { numRuns: 500 },
  );
});

test('a file by hand has its defaults filled in', () => {
  const { title, range, variables, panels } = readDashboard(`
title: Bookshop
variables:
  host: { glob: 'servers.*', label: Host, default: web-1 }
  service: { tag: service, where: env=prod, multiple: true, default: '*' }
  env: [prod, test]
  rack: racks.*
panels:
  - title: Search p95
    note: against yesterday
    at: [0, 0, 4, 6]
    target: stats.timers.search.upper_95
    unit: ms
    limits: { warn: 600, bad: ['>900', '<5'] }
    compare: 1d
  - title: 2024
    targets: [ "servers.$host.cpu", "alias(a.b, 'x')" ]
  - size: [6, 2]
    text: '**Bold**'
`);
  assert.deepEqual([title, range], ['Bookshop', '3h']);
  assert.deepEqual(
    variables.map(({ name, glob, tag, where, values, default: chosen, multiple }) => [name, glob, tag, where, values, chosen, multiple]),
    [
      ['host', 'servers.*', '', [], [], 'web-1', false],
      ['service', '', 'service', ['env=prod'], [], '*', true],
      ['env', '', '', [], ['prod', 'test'], '', false],
      ['rack', 'racks.*', '', [], [], '', false],
    ],
  );
  assert.deepEqual(
    panels.map(({ type, place }) => [type, Object.values(place)]),
    [
      ['line', [0, 0, 4, 6]],
      ['line', [4, 0, 4, 6]],
      ['text', [0, 6, 6, 2]],
    ],
  );
  assert.deepEqual(panels[0].limits, [
    { value: 600, state: 'warn', below: false },
    { value: 900, state: 'bad', below: false },
    { value: 5, state: 'bad', below: true },
  ]);
  assert.equal(panels[1].title, '2024');
});

test('the file that the guide shows is one', () => {
  const guide = readFileSync(new URL('../../../docs/guide/dashboards.md', import.meta.url), 'utf8');
  const { title, panels } = readDashboard(/```yaml\n(.*?)```/s.exec(guide)?.[1] ?? '');
  assert.deepEqual([title, panels.map(({ type }) => type)], ['Bookshop overview', ['line', 'area', 'text']]);
});

/** Mistakes of a text as `line message`. */
function mistakesOf(text: string): string[] {
  try {
    readDashboard(text);
  } catch (error) {
    if (error instanceof DashboardError) return error.mistakes.map(({ line, message }) => `${line} ${message}`);
    throw error;
  }
  return [];
}

test('every mistake of shape is told with its line and what to write', () => {
  assert.deepEqual(
    mistakesOf(`titel: x
variables:
  host: { globb: 'servers.*' }
panels:
  - title: A
    title: B
    at: [10, 0, 4]
    limits: { warn: high }
    min: x
  - just a text
  - targets: { a: b }
    colour: red
`),
    [
      `1 a dashboard has no 'titel'; did you mean 'title'?`,
      `3 a variable has no 'globb'; did you mean 'glob'?`,
      `6 'title' is there twice`,
      '7 at must be [column, row, width, height] in a grid of 12 columns, e.g. [0, 0, 4, 6]',
      `8 a limit must be a number, such as 600, or '<5' where values below are to worry about`,
      '9 min must be a number',
      '10 a panel must be keys and values, such as title: …',
      '11 targets must be a list',
      `12 a panel has no 'colour'; write title, note, type, at, size, target, targets, unit, limits, compare, figure, text, min, max`,
    ],
  );
});

test('every mistake of meaning is told with its line and what to write', () => {
  assert.deepEqual(
    mistakesOf(`title: x
range: soon
variables:
  host: servers.$rack.*
  rack: racks.*
  both: { glob: a.*, tag: b }
panels:
  - type: lines
    at: [10, 0, 4, 6]
    unit: seconds
    targets:
      - a.b
      - servers.$hots.x
      - template(servers.$name.x, name="a")
  - { min: 5, max: 1, target: "aliasSub(a.b, '^(.*)$', '\\\\1')" }
`),
    [
      `2 range 'soon' is no span of time; write e.g. 30min, 3h or 7d`,
      `4 '$rack' is no variable before this one; declare it under variables`,
      `6 variable 'both' needs one of glob, tag or values, not several`,
      `8 there is no panel of type 'lines'; did you mean 'line'?`,
      '9 columns 10 to 14 are outside the grid of 12 columns',
      `10 there is no unit 'seconds'; write number, count, ms, s, B, B/s, %, /s`,
      `13 '$hots' is no variable; did you mean 'host'?`,
      '15 min 5 is not below max 1',
    ],
  );
});

test('what is no dashboard is refused in words, however it is made', () => {
  assert.deepEqual(mistakesOf(''), ['1 it is empty; write title: and panels:']);
  assert.match(mistakesOf('a: [1')[0], /^1 it is no YAML: /);
  assert.match(mistakesOf(`title: x\nabout: ${'y'.repeat(300_000)}`)[0], /larger than 256 kB/);
  assert.match(mistakesOf('['.repeat(100_000))[0], /nested deeper/);
  assert.match(mistakesOf(`a: [${','.repeat(100_000)}]`)[0], /more than 50 thousand keys/);
  assert.match(mistakesOf('- '.repeat(20_000))[0], /no YAML/);
  assert.match(mistakesOf(`title: x\npanels:\n${'  - {}\n'.repeat(201)}`)[0], /^3 panels may hold 200; there are 201/);
  assert.match(mistakesOf(`title: x\npanels:\n  - targets: [${'a,'.repeat(101)}]`)[0], /targets may hold 100/);
  assert.deepEqual(mistakesOf('title: &t x\nabout: *t\nrange: *nothing'), ['3 range must be a text']);
  assert.deepEqual(mistakesOf('title: x\npanels: &p\n  - targets: *p'), ['3 a target must be a text']);
});

test('nothing that is sent as a text does more than be refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 200 }),
        fc
          .array(fc.constantFrom('title:', 'panels:', ' ', '\n', '- ', '[', ']', '{', '}', 'a', ': ', '&x', '*x', '|', '"', '!!', '$a'), { maxLength: 40 })
          .map((parts) => parts.join('')),
      ),
      (text) => {
        mistakesOf(text);
      },
    ),
    { numRuns: 1000 },
  );
});

test('what is as by default is left out, and keys are in one order', () => {
  const text = `title: Bookshop overview
range: 1h
tags: [ shop ]
variables:
  host: { glob: servers.*, label: Host }
  rack: racks.*
panels:
  - title: Search p95
    target: stats.timers.search.upper_95
    unit: ms
    limits: { warn: 600, bad: <5 }
  - title: Two
    targets:
      - a.b
      - alias(b.c, "x")
  - title: Notes
    at: [ 0, 10, 12, 2 ]
    text: |
      **Markdown** here
      and there
`;
  assert.equal(writeDashboard(readDashboard(text)), text);
});

test('an alias means the last node of its name before it', () => {
  const { panels } = readDashboard(
    'title: x\npanels:\n  - &p {title: a, targets: &t [a.b]}\n  - *p\n  - {title: &p c, targets: *t}\n  - {title: *p, targets: *t}\n',
  );
  assert.deepEqual(
    panels.map(({ title, targets }) => [title, targets]),
    ['a', 'a', 'c', 'c'].map((title) => [title, ['a.b']]),
  );
});

test('aliases are read once, however many there are', () => {
  const items = (count: number, item: string): string => item.repeat(count);
  const text = `title: x\nabout: &t [${items(9000, 'a,')}a]\npanels:\n${items(190, ' - {title: a, targets: *t}\n')}`;
  assert.throws(() => readDashboard(text), /targets may hold 100; there are 9001/);
});
