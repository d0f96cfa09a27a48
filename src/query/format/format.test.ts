import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../core/frame.ts';
import { ByteWriter } from './byte-writer.ts';
import { writeCsv } from './csv.ts';
import { writeDygraph } from './dygraph.ts';
import { writeFrame } from './frame.ts';
import { writeJson } from './json.ts';
import { foldRows } from './points.ts';
import { writeRaw } from './raw.ts';
import { writeRickshaw } from './rickshaw.ts';

const START = Date.UTC(2026, 10, 22, 23, 58);

function row(values: number[], given: Partial<Row> = {}): Row {
  return {
    name: 'a.b',
    path: 'a.b',
    tags: { name: 'a.b' },
    start: START,
    step: 60_000,
    values: Float64Array.from(values),
    consolidate: 'average',
    xFilesFactor: 0,
    ...given,
  };
}

function written(write: (out: ByteWriter) => void): string {
  const out = new ByteWriter();
  write(out);
  return new TextDecoder().decode(out.take());
}

void test('JSON has value and time of each point, null for gaps and 1e9999 for infinity', () => {
  const text = written((out) => writeJson(out, [row([1, NaN, 2.5, -Infinity], { name: 'it\'s "x"' })], {}));
  const at = START / 1000;
  assert.equal(text, `[{"target":"it's \\"x\\"","tags":{"name":"a.b"},"datapoints":[[1,${at}],[null,${at + 60}],[2.5,${at + 120}],[-1e9999,${at + 180}]]}]`);
});

void test('times of many points count up through every digit', () => {
  for (const [start, step] of [
    [999_900_000, 1000],
    [0, 10_000],
    [-3000, 1000],
    [5500, 1500],
    [1_699_999_000_000, 10_000],
    [9_999_970_000_000, 10_000],
    [1_700_000_000_000, 100_000_000_000],
    [1_700_000_000_500, 1000],
  ]) {
    const answer = JSON.parse(
      written((out) =>
        writeJson(
          out,
          [
            row(
              Array.from({ length: 3000 }, () => 7),
              { start, step },
            ),
          ],
          {},
        ),
      ),
    ) as { datapoints: number[][] }[];
    assert.deepEqual(
      answer[0].datapoints.map(([, time]) => time),
      Array.from({ length: 3000 }, (_, i) => (start + i * step) / 1000),
    );
  }
});

void test('dygraph has one line a time, on the grid of the first row', () => {
  const rows = [row([1, NaN, 3]), row([5], { name: 'short "b"', start: START + 60_000 })];
  assert.deepEqual(JSON.parse(written((out) => writeDygraph(out, rows))), {
    labels: ['Time', 'a.b', 'short "b"'],
    data: [
      [START, 1, null],
      [START + 60_000, null, 5],
      [START + 120_000, 3, null],
    ],
  });
  assert.equal(
    written((out) => writeDygraph(out, [])),
    '{}',
  );
});

void test('rickshaw has x and y of each point', () => {
  assert.deepEqual(JSON.parse(written((out) => writeRickshaw(out, [row([1.5, NaN])]))), [
    {
      target: 'a.b',
      datapoints: [
        { x: START / 1000, y: 1.5 },
        { x: START / 1000 + 60, y: null },
      ],
    },
  ]);
});

void test('rows without any points are no JSON, unless others have some', () => {
  const json = (rows: Row[]): unknown[] => JSON.parse(written((out) => writeJson(out, rows, {}))) as unknown[];
  assert.deepEqual(json([row([]), row([])]), []);
  assert.equal(json([row([]), row([1])]).length, 2);
});

void test('points after the end that a row names are not told, in JSON that at the end still is', () => {
  const line = row([1, 1, 1], { end: START + 120_000 });
  const lines = JSON.parse(written((out) => writeJson(out, [line, row([2, 2], { end: START })], {}))) as { datapoints: number[][] }[];
  assert.deepEqual(
    lines.map(({ datapoints }) => datapoints.length),
    [3, 1],
  );
  const [rickshaw] = JSON.parse(written((out) => writeRickshaw(out, [line]))) as { datapoints: object[] }[];
  assert.equal(rickshaw.datapoints.length, 2);
  assert.equal(
    written((out) => writeRaw(out, [line])),
    `a.b,${START / 1000},${START / 1000 + 120},60|1,1,1\n`,
  );
});

void test('noNullPoints leaves out gaps, and rows without a point', () => {
  const text = written((out) => writeJson(out, [row([NaN, NaN]), row([NaN, 3])], { noNullPoints: true }));
  assert.equal(text, `[{"target":"a.b","tags":{"name":"a.b"},"datapoints":[[3,${START / 1000 + 60}]]}]`);
});

void test('folding moves the start to a multiple of the new step and loses the points before', () => {
  const minutes = row(
    Array.from({ length: 360 }, (_, i) => i + 1),
    { start: Date.UTC(2026, 10, 22, 18, 1) },
  );
  const [folded] = foldRows([minutes], 60);
  assert.equal(folded.start, Date.UTC(2026, 10, 22, 18, 6));
  assert.equal(folded.step, 360_000);
  assert.deepEqual(Array.from(folded.values.subarray(0, 3)), [7.5, 13.5, 19.5]);
  assert.equal(folded.values.length, 60);
});

void test('one point stands for the whole row; enough points stay as they are', () => {
  const three = row([1, 2, 6]);
  assert.deepEqual([...foldRows([three], 1)[0].values], [3]);
  assert.equal(foldRows([three], 3)[0], three);
});

void test('a folded point needs its share of known values, also at the end', () => {
  const folded = foldRows([row([1, NaN, 3, 4, 5, NaN, 7], { start: 60_000, xFilesFactor: 1 })], 4);
  assert.deepEqual([...folded[0].values], [NaN, 3.5, NaN, NaN]);
});

void test('CSV has times of the zone and quotes names; raw has None for gaps', () => {
  assert.equal(
    written((out) => writeCsv(out, [row([1.5, NaN], { name: 'a,"b"' })], 'Europe/Berlin')),
    '"a,""b""",2026-11-23 00:58:00,1.5\r\n"a,""b""",2026-11-23 00:59:00,\r\n',
  );
  const at = START / 1000;
  assert.equal(
    written((out) => writeRaw(out, [row([1.5, NaN, Infinity])])),
    `a.b,${at},${at + 180},60|1.5,None,inf\n`,
  );
});

void test('our own format tells which target gave a row and what it measures', () => {
  const head = { from: 1, until: 2, kinds: new Map([['a.b', 1 as const]]), began: performance.now() };
  const { rows, ms } = JSON.parse(written((out) => writeFrame(out, [[], [row([1, NaN])]], head))) as { rows: unknown[]; ms: number };
  assert.deepEqual(rows, [{ name: 'a.b', target: 1, kind: 'counter', start: START, step: 60_000, values: [1, null] }]);
  assert.ok(ms >= 0);
});

void test('our own format says how a line is drawn where a function said so', () => {
  const head = { from: 1, until: 2, kinds: new Map(), began: performance.now() };
  const { rows } = JSON.parse(written((out) => writeFrame(out, [[row([1], { drawing: { colour: 'red', dashes: 5 } }), row([1])]], head))) as {
    rows: { drawing?: unknown }[];
  };
  assert.deepEqual(
    rows.map(({ drawing }) => drawing),
    [{ colour: 'red', dashes: 5 }, undefined],
  );
});
