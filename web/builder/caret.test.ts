import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { caretIn } from './caret.ts';

/** The caret is where the `¦` is. */
const at = (text: string): unknown[] => {
  const { word, call } = caretIn(text.replace('¦', ''), text.indexOf('¦'));
  return call ? [word, call.name, call.argument, call.keyword] : [word];
};

test('the word and the argument that are being written are known', () => {
  const cases: [string, ...unknown[]][] = [
    ['¦', ''],
    ['sumS¦', 'sumS'],
    ['stats.timers.*.me¦an', 'stats.timers.*.me'],
    ['a.{b,c}.d¦', 'a.{b,c}.d'],
    ['sumSeries(stats.we¦', 'stats.we', 'sumSeries', 0, ''],
    ['movingAverage(a.b, ¦', '', 'movingAverage', 1, ''],
    ["summarize(a.b,'1h¦", '', 'summarize', 1, ''],
    ["summarize(a.b,'1h,(',¦", '', 'summarize', 2, ''],
    ['movingAverage(sumSeries(a,b), 5¦', '5', 'movingAverage', 1, ''],
    ['movingAverage(sumSeries(a,b¦', 'b', 'sumSeries', 1, ''],
    ['f(a,xFilesFactor=0¦', 'xFilesFactor=0', 'f', 1, 'xFilesFactor'],
    ['a.b|scale(¦', '', 'scale', 1, ''],
    ['f(a)¦', ''],
  ];
  for (const [text, ...expected] of cases) assert.deepEqual(at(text), expected, text);
});

test('it never fails, whatever is being written', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('f', '(', ')', ',', "'", '"', '\\', '{', '}', '|', ' ', '='), { maxLength: 40 }), fc.nat(40), (pieces, caret) => {
      const text = pieces.join('');
      const { word, start } = caretIn(text, Math.min(caret, text.length));
      assert.ok(text.slice(start).startsWith(word));
    }),
  );
});
