import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { drawPicture } from './draw.ts';
import { textWidth } from './font.ts';
import { readPicture } from './options.ts';
import type { Picture, TextShape } from './shapes.ts';
import { readText } from './text-blocks.ts';
import { linesOf } from './text-lines.ts';

function pictureOf(text: string, params: Readonly<Record<string, string[]>> = {}): Picture {
  const options = readPicture({ graphType: ['text'], text: [text], ...params });
  return drawPicture({ options, rows: [], kinds: new Map(), targets: [], from: 0, until: 1, timeZone: 'UTC', blocks: readText(options.text) });
}

const textsOf = ({ shapes }: Picture): TextShape[] => shapes.filter((shape) => shape.kind === 'text');

const RUNBOOK = `# Runbook

Look at **payments** \`first<x>\`, or [ask](https://chat.test) &amp; <b>wait</b>

- one
- two
  1. three

> quoted

4. four

\`\`\`sh
if x
  y
\`\`\`

---
end  
of it`;

void test('Markdown is read in blocks, as the screens read it', () => {
  const told = readText(RUNBOOK).map(({ kind, level, indent, marker, runs }) => [
    kind + (level || ''),
    indent,
    marker,
    runs.map(({ text, look }) => (look === 'plain' ? text : `${look}:${text}`)).join('|'),
  ]);
  assert.deepEqual(told, [
    ['heading1', 0, '', 'Runbook'],
    ['prose', 0, '', 'Look at |strong:payments| |code:first<x>|, or |link:ask| & <b>wait</b>'],
    ['prose', 1, '•', 'one'],
    ['prose', 1, '•', 'two '],
    ['prose', 2, '1.', 'three'],
    ['prose', 1, '', 'quoted'],
    ['prose', 1, '4.', 'four'],
    ['code', 0, '', 'code:if x\n  y\n'],
    ['rule', 0, '', ''],
    ['prose', 0, '', 'end|\n| of it'],
  ]);
});

void test('a text is drawn as high as it is, or cut at the last line that has room', () => {
  const whole = pictureOf(RUNBOOK, { width: ['400'] });
  assert.deepEqual(
    textsOf(whole).map(({ text }) => text),
    [
      'Runbook',
      'Look at',
      'payments',
      'first<x>',
      ', or',
      'ask',
      '& <b>wait</b>',
      '•',
      'one',
      '•',
      'two',
      '1.',
      'three',
      'quoted',
      '4.',
      'four',
      'if\u00A0x',
      '\u00A0\u00A0y',
      'end',
      'of it',
    ],
  );
  const low = pictureOf(RUNBOOK, { width: ['400'], height: ['80'] });
  assert.equal(low.height, 80);
  assert.deepEqual(textsOf(low).at(-1)?.text, '& <b>wait</b>');
  assert.ok(pictureOf('x\n\n'.repeat(2400)).height <= 4000);
  assert.ok(textsOf(pictureOf('')).length === 0 && pictureOf('').height > 0);
});

void test('lines keep every word in its order and are no wider than asked', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'W', 'ö', '😀', '.'), minLength: 1, maxLength: 30 });
  const run = fc.record({
    text: fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(' ')),
    look: fc.constantFrom('plain', 'strong', 'code', 'link'),
  });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 5 }), fc.constantFrom('prose', 'heading', 'code'), fc.integer({ min: 30, max: 300 }), (runs, kind, width) => {
      const lines = linesOf({ kind, runs }, 12, width);
      const letters = (text: string): string => text.replaceAll(/[\s\u00A0]/gu, '');
      assert.equal(
        letters(
          lines
            .flat()
            .map(({ text }) => text)
            .join(''),
        ),
        letters(runs.map(({ text }) => text).join('')),
      );
      for (const line of lines) {
        let end = 0;
        for (const { text, look, left } of line) {
          assert.ok(left >= end - 0.001, 'no piece lies on another');
          end = left + textWidth(text, 12, kind === 'heading' || look === 'strong');
        }
        assert.ok(end <= width + 0.001, `${end} of ${width}`);
      }
    }),
  );
});

void test('whatever the text is, it is read and drawn', () => {
  const marks = fc.string({
    unit: fc.constantFrom('#', '*', '_', '`', '[', ']', '(', ')', '>', '-', '1.', ' ', '\n', '\t', '<', '&', 'a', '\u0000', '\uD800'),
    maxLength: 300,
  });
  fc.assert(
    fc.property(fc.oneof(marks, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
      for (const { text: shown } of textsOf(pictureOf(text))) assert.doesNotMatch(shown, /[\p{Cc}\p{Cs}]/u);
    }),
  );
  for (const text of ['*a_'.repeat(16_000), '[a]('.repeat(12_000), '> '.repeat(20_000)]) assert.ok(pictureOf(text).height > 0);
});
