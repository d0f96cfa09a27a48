import { Resvg } from '@resvg/resvg-js';
import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeedError } from '../../core/errors.ts';
import type { Drawing } from '../../core/frame.ts';
import type { RenderParams } from '../request.ts';
import { writePicture } from './draw.ts';
import { readPicture } from './options.ts';
import { FROM, pictureOf, row, svgOf } from './picture.fixture.ts';

const value = fc.oneof(fc.constantFrom(NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324, 0, -0), fc.double(), fc.double({ min: -1000, max: 1000, noNaN: true }));
const drawing: fc.Arbitrary<Drawing> = fc.record(
  {
    colour: fc.constantFrom('red', '#123456', 'abcdef80'),
    alpha: fc.double(),
    width: fc.double(),
    dashes: fc.double(),
    secondAxis: fc.boolean(),
    stack: fc.constantFrom('a', 'b'),
    infinite: fc.boolean(),
    between: fc.boolean(),
    hidden: fc.boolean(),
  },
  { requiredKeys: [] },
);
const anyRow = fc
  .record({
    name: fc.string({ unit: 'binary' }),
    values: fc.array(value, { maxLength: 60 }),
    step: fc.constantFrom(1000, 60_000, 7000, 86_400_000),
    late: fc.integer({ min: -1e7, max: 1e7 }),
    drawing: fc.option(drawing, { nil: undefined }),
  })
  .map(({ name, values, step, late, drawing: said }) => row(name, values, { step, start: FROM + late, drawing: said }));

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', 'true', 'false', '1', '0', '5', '-5', '1e300', '-1e300', '1e-300', 'red', '#fff', '10', '2', 'e', '4,5,6', '%H:%M<b>%', 'none'),
);
const params = fc
  .record(
    {
      graphType: fc.constantFrom('line', 'pie', 'heatmap', 'states', 'value', 'table'),
      width: fc.constantFrom('1', '2', '30', '200', '800', '4000'),
      height: fc.constantFrom('1', '2', '30', '200', '800', '4000'),
      lineMode: fc.constantFrom('slope', 'staircase', 'connected'),
      areaMode: fc.constantFrom('none', 'first', 'all', 'stacked'),
      template: fc.constantFrom('light', 'dark', 'noc'),
      yUnitSystem: fc.constantFrom('si', 'binary', 'sec', 'msec', 'none'),
      limits: fc.constantFrom('warn:1,bad:2', 'bad:<0', 'bad:1e300'),
      logBase: fc.constantFrom('2', '10', 'e', '1.0001'),
      figure: fc.constantFrom('last', 'sum', 'average'),
      valueLabels: fc.constantFrom('none', 'number', 'percent'),
      title: word,
      vtitle: word,
      margin: fc.constantFrom('0', '500'),
      fontSize: fc.constantFrom('4', '100', '12'),
      yMin: fc.constantFrom('0', '-1e300', '5', '1e300'),
      yMax: fc.constantFrom('1', '1e300', '-5'),
      yStep: fc.constantFrom('1', '1e-300', '1e300'),
      yDivisors: fc.constantFrom('4,5,6', '99'),
      xFormat: word,
      colorList: word,
      minXStep: fc.constantFrom('0', '3'),
      graphOnly: fc.constantFrom('true', 'false'),
      hideAxes: fc.constantFrom('true', 'false'),
      drawNullAsZero: fc.constantFrom('true', 'false'),
      minorY: fc.constantFrom('0', '10'),
      lineWidth: word,
    },
    { requiredKeys: [] },
  )
  .map((given): RenderParams => Object.fromEntries(Object.entries(given).map(([name, text]) => [name, [text]])));

void test('any options and any rows make a well-formed picture of numbers, or a reason', () => {
  fc.assert(
    fc.property(params, fc.array(anyRow, { maxLength: 8 }), (given, rows) => {
      let svg: string;
      try {
        svg = svgOf(given, rows);
      } catch (error) {
        assert.ok(error instanceof HeedError, String(error instanceof Error ? error.stack : error));
        return;
      }
      const marks = svg.replaceAll(/>[^<]*</g, '><');
      assert.doesNotMatch(marks, /NaN|Infinity|undefined|e[+-]\d/);
      assert.ok(svg.length < 1_000_000, `${svg.length} characters`);
      // Its reader is strict: it throws for anything that is not XML.
      const drawn = new Resvg(svg, { font: { loadSystemFonts: false }, logLevel: 'off' });
      assert.equal(drawn.width, Number(given.width?.[0] ?? 330));
    }),
    { numRuns: 2000 },
  );
});

void test('any text of an option is read or refused with a reason', () => {
  const names = Object.keys(readPicture({})).concat('bgcolor', 'yMinRight', 'leftColor', 'logBase', 'dashed', 'template', 'min', 'max');
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string({ unit: 'binary' }), (name, text) => {
      try {
        readPicture({ [name]: [text] });
      } catch (error) {
        assert.ok(error instanceof HeedError);
      }
    }),
  );
});

void test('any names and drawings become PNG and PDF too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 3 }), fc.constantFrom('line', 'table', 'value'), async (rows, graphType) => {
      const picture = pictureOf({ graphType: [graphType], title: [rows[0].name] }, rows);
      assert.equal(Buffer.from(await writePicture(picture, 'png')).toString('latin1', 1, 4), 'PNG');
      assert.match(Buffer.from(await writePicture(picture, 'pdf')).toString('latin1'), /^%PDF[^]*%%EOF\s*$/);
    }),
    { numRuns: 40 },
  );
});
