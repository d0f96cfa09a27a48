import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Drawing, Row } from '../../core/frame.ts';
import type { RenderParams } from '../request.ts';
import { Kind } from '../../core/series.ts';
import { drawPicture, writePicture } from './draw.ts';
import { readPicture } from './options.ts';
import { FROM, pictureOf, row, svgOf, UNTIL } from './picture.fixture.ts';
import { writeSvg } from './svg.ts';

/** Texts of a picture in their order, as a reader sees them. */
const textsOf = (svg: string): string[] => Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), (found) => found[1]);

const minutes = Array.from({ length: 180 }, (_, i) => 50 + 10 * Math.sin(i / 10));

void test('a line chart has ticks of value and time, and a key with the last value', () => {
  const texts = textsOf(svgOf({ width: ['600'] }, [row('a.b', minutes), row('a.c', [...minutes.slice(1), 612])]));
  for (const text of ['0', '200', '400', '600', '12:00', '14:00', 'a.b', 'a.c', '612']) assert.ok(texts.includes(text), `${text} in ${texts.join(' ')}`);
});

void test('names that have no room share one word for what they have in common', () => {
  const names = ['web-1', 'web-2', 'web-3'].map((host) => `servers.in.the.basement.${host}.cpu.user`);
  const texts = textsOf(
    svgOf(
      {},
      names.map((name) => row(name, minutes)),
    ),
  );
  assert.ok(texts.includes('servers.in.the.basement.*.cpu.user'));
  assert.ok(texts.includes('web-2'));
});

void test('no data is said in words, and of what', () => {
  for (const graphType of ['line', 'pie', 'heatmap', 'value', 'table', 'states']) {
    const texts = textsOf(svgOf({ graphType: [graphType] }, []));
    assert.deepEqual(texts.slice(0, 2), ['no data for a.*', 'no series matches, Sun 22 Nov 11:30 to 14:30'].slice(0, texts.length), graphType);
  }
  assert.match(textsOf(svgOf({}, [row('a.b', [NaN, NaN])])).join(' '), /no data for a\.\* the series has no values/);
});

void test('graphOnly draws nothing but the line', () => {
  const svg = svgOf({ graphOnly: ['true'], title: ['x'], vtitle: ['y'], width: ['200'], height: ['100'] }, [row('a.b', minutes)]);
  assert.deepEqual(textsOf(svg), []);
  assert.equal(svg.match(/<path d="M[\d. L]+" fill="none" stroke="#4063d6"/g)?.length, 1);
});

void test('what functions say of a line is drawn: colour, width, dashes, opacity, the axis on the right', () => {
  const drawn = (drawing: Drawing): string => svgOf({ width: ['600'] }, [row('a.b', minutes), row('a.c', minutes, { drawing })]);
  assert.match(
    drawn({ colour: 'red', width: 4, dashes: 3, alpha: 0.5 }),
    /stroke="#c80032" stroke-width="4" stroke-linejoin="bevel" stroke-opacity="0.5" stroke-dasharray="3 3"/,
  );
  assert.ok(textsOf(drawn({ secondAxis: true })).includes('right'));
  assert.ok(!textsOf(drawn({ hidden: true })).includes('a.c'));
  assert.throws(() => drawn({ colour: 'no such' }), /cannot draw: 'no such' is no colour/);
});

void test('a stack fills each area down to the one below', () => {
  const svg = svgOf({ areaMode: ['stacked'], hideLegend: ['1'], hideAxes: ['1'] }, [row('a', [1, 1]), row('b', [2, 2])]);
  const [first, second] = Array.from(svg.matchAll(/<path d="([^"]*Z)" fill="#\w+" fill-opacity="0.25"/g), ([, d]) =>
    Array.from(d.matchAll(/[ML][\d.]+ ([\d.]+)/g), ([, y]) => Number(y)),
  );
  const [top, bottom] = [Math.min(...first), Math.max(...first)];
  assert.equal(Math.max(...second), top, 'the second begins on the first');
  assert.ok(Math.abs((bottom - top) * 2 - (top - Math.min(...second))) < 0.5, 'and is twice as high');
});

void test('verticalLine stands with its label above the values; areas between two reach from one to the other', () => {
  const mark = row('v1.4.2', [1], { start: UNTIL - 3_600_000, step: 1000, drawing: { infinite: true } });
  assert.ok(textsOf(svgOf({}, [row('a.b', minutes), mark])).includes('v1.4.2'));
  const svg = svgOf({ hideLegend: ['1'] }, [row('low', [1, 1, 1], { drawing: { hidden: true } }), row('high', [3, 3, 3], { drawing: { between: true } })]);
  assert.equal(svg.match(/fill-opacity="0.25"/g)?.length, 1);
});

void test('limits are dashed lines with a key, and the state of strips', () => {
  assert.ok(textsOf(svgOf({ limits: ['bad:200'], width: ['600'] }, [row('a.b', minutes)])).includes('limit'));
  const strip = svgOf({ graphType: ['states'], limits: ['warn:55,bad:59'] }, [row('a.b', minutes)]);
  for (const fill of ['#4fa386', '#c98300', '#c9330f']) assert.ok(strip.includes(fill), fill);
});

void test('tables, figures, pies and heat maps tell their rows', () => {
  const rows = [row('a.bin_10', [1, 2, 3]), row('a.bin_5', [4, 5, 6])];
  const texts = (graphType: string): string[] => textsOf(svgOf({ graphType: [graphType], width: ['500'] }, rows));
  assert.deepEqual(texts('table'), ['last', 'min', 'mean', 'max', 'a.bin_10', '3', '1', '2', '3', 'a.bin_5', '6', '4', '5', '6']);
  assert.deepEqual(texts('value'), ['bin_10', '3', '+200 % since 14:27', 'bin_5', '6', '+50 % since 14:27']);
  assert.ok(texts('pie').includes('71.4 %'));
  const heat = texts('heatmap');
  assert.ok(heat.indexOf('5 ms') < heat.indexOf('10 ms'), 'the lowest bucket comes first');
});

void test('more series than can be drawn are counted', () => {
  const rows = Array.from({ length: 250 }, (_, i) => row(`a.${i}`, [1, 2]));
  assert.ok(textsOf(svgOf({ width: ['800'], height: ['600'] }, rows)).some((text) => text.startsWith('50 of 250 series are not drawn')));
});

void test('bad options are refused with what they should be', () => {
  for (const [params, reason] of [
    [{ width: ['0'] }, /width must be a number from 1 to 4000, not '0'/],
    [{ height: ['99999'] }, /height must be a number from 1 to 4000/],
    [{ bgcolor: ['nope'] }, /'nope' is no colour/],
    [{ template: ['x'] }, /template must be one of light, dark, plain, noc, summary, alphas, not 'x'/],
    [{ lineMode: ['x'] }, /lineMode must be one of slope, staircase, connected/],
    [{ hideLegend: ['maybe'] }, /hideLegend must be true or false/],
    [{ yMin: ['5'], yMax: ['5'] }, /begins at 5 and must end above/],
    [{ limits: ['x'] }, /limits must be such as/],
    [{ logBase: ['1'] }, /logBase must be more than 1/],
    [{ yDivisors: ['0'] }, /yDivisors must be/],
  ] as [RenderParams, RegExp][])
    assert.throws(() => readPicture(params), reason);
  assert.equal(readPicture({ width: ['default'], height: [''] }).width, 330);
});

void test('a picture becomes PNG of its size, and PDF', async () => {
  const params = { width: ['321'], height: ['123'], template: ['dark'], areaMode: ['all'], lineMode: ['staircase'], dashed: ['1'], vtitle: ['up'] };
  const picture = pictureOf(params, [row('a<b>&"c"', minutes)]);
  const png = Buffer.from(await writePicture(picture, 'png'));
  assert.deepEqual([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], ['PNG', 321, 123]);
  const pdf = Buffer.from(await writePicture(picture, 'pdf')).toString('latin1');
  assert.match(pdf, /^%PDF-1\.\d[^]*\/MediaBox \[0 0 321 123\][^]*%%EOF\s*$/);
});

void test('an aliased row keeps the unit of what it is', () => {
  const timer = row('query time', minutes, { path: 'stats.timers.query.mean', tags: { name: 'stats.timers.query.mean' } });
  const options = readPicture({});
  const picture = drawPicture({
    options,
    rows: [timer],
    kinds: new Map([['stats.timers.query.mean', Kind.timer]]),
    targets: [],
    from: FROM,
    until: UNTIL,
    timeZone: 'UTC',
  });
  assert.ok(textsOf(writeSvg(picture, true)).includes('60 ms'));
});

void test('PNG is drawn even where everything lies far beyond the picture', async () => {
  const far = { start: FROM - 1e12 };
  for (const [params, rows] of [
    [{ yMin: ['0'], yMax: ['1'], width: ['20'], height: ['10'] }, [row('a', [1e9, 2e9, 3e9])]],
    [{ yMin: ['0'], yMax: ['1'] }, [row('a', [-1e300])]],
    [{ graphType: ['value'], width: ['20'], height: ['100'] }, [row('a', minutes, far)]],
    [{ graphType: ['states'], fontSize: ['100'], width: ['30'], height: ['1'] }, [row('a', minutes, far), row('b', minutes)]],
  ] as [RenderParams, Row[]][])
    assert.equal(Buffer.from(await writePicture(pictureOf(params, rows), 'png')).toString('latin1', 1, 4), 'PNG');
});
