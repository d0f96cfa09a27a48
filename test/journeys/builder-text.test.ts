import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { expressionTree } from '../../src/query/parse/tree.ts';
import type { Functions, GraphiteFunction, Parameter } from '../../web/builder/functions.ts';
import { isHalf, lacking, newStep, toPipeline, toText, valuesInWords, type Pipeline } from '../../web/builder/pipeline.ts';

const SERIES: Parameter = { name: 'seriesList', type: 'seriesList', required: true };
const define = (name: string, ...params: Parameter[]): [string, GraphiteFunction] => [name, { name, function: name, description: '', group: '', params }];
const FUNCTIONS: Functions = new Map([
  define('averageSeries', { ...SERIES, type: 'seriesLists', multiple: true }),
  define('movingAverage', SERIES, { name: 'windowSize', type: 'intOrInterval', required: true }, { name: 'xFilesFactor', type: 'float', required: false }),
  define('aliasByNode', SERIES, { name: 'nodes', type: 'nodeOrTag', required: true, multiple: true }),
  define(
    'summarize',
    SERIES,
    { name: 'intervalString', type: 'interval', required: true, suggestions: ['10min', '1h'] },
    { name: 'func', type: 'aggFunc', required: false, default: 'sum', options: ['sum', 'max'] },
    { name: 'alignToFrom', type: 'boolean', required: false, default: false },
  ),
  define('divideSeries', SERIES, { name: 'divisorSeries', type: 'seriesList', required: true }),
  define('alias', SERIES, { name: 'newName', type: 'string', required: true }),
]);

const take = (text: string): Pipeline => toPipeline(text, expressionTree(text), FUNCTIONS);
const draw = ({ source, steps }: Pipeline): string => [source, ...steps.map((step) => `${step.name} ${valuesInWords(step)}`.trim())].join(' → ');

test('an expression is a way from its series to its outermost function', () => {
  assert.equal(draw(take("movingAverage(averageSeries(stats.timers.*.upper_95), '5min')")), 'stats.timers.*.upper_95 → averageSeries → movingAverage 5min');
  assert.equal(draw(take('a.b')), 'a.b');
  assert.equal(draw(take("a.b|summarize('1h',alignToFrom=true)|alias('x, y')")), 'a.b → summarize 1h, true → alias x, y');
  assert.equal(draw(take('divideSeries(averageSeries(a.*, b.*), sum(c.*))')), 'a.* → averageSeries b.* → divideSeries sum(c.*)');
});

test('what has no description, or does not fit its own, stays as it is written', () => {
  for (const text of [
    "own(1,a.b,'x')",
    'movingAverage(a.b,5,0.5,9)',
    'aliasByNode(a.b,1,nodes=2,other=3)',
    'summarize(a.b,c.d)',
    'alias(template(a.$x,x=1),b.c)',
  ])
    assert.equal(toText(take(text), FUNCTIONS), text);
  assert.equal(draw(take('own(1,averageSeries(a.b),2)')), 'a.b → averageSeries → own 1,…,2');
  assert.equal(draw(take('constantLine(5)')), 'constantLine(5)');
  assert.equal(draw(take('template(a.$x,x=1)|alias("y")')), 'template(a.$x,x=1) → alias y');
});

test('composed again it means the same; gaps are bridged by names', () => {
  for (const [text, composed] of [
    ['movingAverage( averageSeries(a.*,b), 5 )', 'movingAverage(averageSeries(a.*,b),5)'],
    ['aliasByNode(a.b,0,"host",-1)', "aliasByNode(a.b,0,'host',-1)"],
    ["summarize(a.b,'1h',alignToFrom=true)", "summarize(a.b,'1h',alignToFrom=true)"],
    ["summarize(a.b,alignToFrom=true,intervalString='1h',func='max')", "summarize(a.b,'1h','max',true)"],
    [String.raw`alias(a.b,"it's")`, String.raw`alias(a.b,"it's")`],
    ['movingAverage(a.b,5,none)', 'movingAverage(a.b,5)'],
  ])
    assert.equal(toText(take(text), FUNCTIONS), composed);
});

test('a new step has what is likely meant, and is left out while it lacks something', () => {
  const summarize = newStep(FUNCTIONS.get('summarize') as GraphiteFunction);
  assert.equal(toText({ source: 'a.b', steps: [summarize] }, FUNCTIONS), "summarize(a.b,'10min')");
  const moving = newStep(FUNCTIONS.get('movingAverage') as GraphiteFunction);
  assert.deepEqual(lacking(moving, FUNCTIONS.get('movingAverage')), ['windowSize']);
  assert.equal(toText({ source: 'a.b', steps: [moving, summarize] }, FUNCTIONS), "summarize(a.b,'10min')");
  const divide = { ...newStep(FUNCTIONS.get('divideSeries') as GraphiteFunction), values: { divisorSeries: ['sum(c.*'] } };
  assert.equal(toText({ source: 'a.b', steps: [divide] }, FUNCTIONS), 'a.b', 'the divisor is still being written');
  const wrong = { ...moving, values: { windowSize: ['5 parsecs'] } };
  assert.deepEqual(lacking(wrong, FUNCTIONS.get('movingAverage')), ['windowSize']);
});

test('half an edit is known: of the series, or of a step that is in the text', () => {
  const { source, steps } = take("divideSeries(a.b,c.d)|alias('x')");
  const inText = new Set(steps.map(({ id }) => id));
  assert.ok(!isHalf({ source, steps }, inText, FUNCTIONS));
  assert.ok(isHalf({ source: ' ', steps }, inText, FUNCTIONS));
  assert.ok(isHalf({ source: 'sum(a.b', steps }, inText, FUNCTIONS));
  const open = [{ ...steps[0], values: { divisorSeries: ['sum(c'] } }, steps[1]];
  assert.ok(isHalf({ source, steps: open }, inText, FUNCTIONS));
  assert.ok(!isHalf({ source, steps: open }, new Set(), FUNCTIONS), 'a new step is left out');
});

test('any text is kept as an alias', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{1,20}$/), (text) => {
      const step = { id: 0, name: 'alias', values: { newName: [text] } };
      const [alias] = take(toText({ source: 'a.b', steps: [step] }, FUNCTIONS)).steps;
      const kept = alias.values.newName[0];
      const both = text.includes("'") && text.includes('"');
      // Backslashes stay in strings: one before a quote that both kinds leave no way around, one before a lonely one at the end.
      assert.equal(both || text.endsWith('\\') ? kept.replaceAll('\\', '') : kept, both || text.endsWith('\\') ? text.replaceAll('\\', '') : text);
    }),
  );
});
