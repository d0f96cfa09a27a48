import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Advances, readAdvances } from './advances.ts';

/** The font's family, as its files name it. */
export const FAMILY = 'Inter';

/** The font's files: regular, and semi-bold where texts are bold. Its digits are all of one width. */
export const FONT_FILES = ['regular', 'semibold'].map((weight) => fileURLToPath(new URL(`../../../assets/fonts/inter-${weight}.otf`, import.meta.url)));

const known: (Advances | undefined)[] = [];

function advancesOf(bold: boolean): Advances {
  const index = bold ? 1 : 0;
  return (known[index] ??= readAdvances(readFileSync(FONT_FILES[index])));
}

/** The width of a text, pixels. */
export function textWidth(text: string, size: number, bold = false): number {
  const advance = advancesOf(bold);
  let width = 0;
  for (const letter of text) width += advance(letter.codePointAt(0) as number);
  return width * size;
}

/** The text, or as much of its begin as has room, with an ellipsis; empty where not even that has. */
export function cutText(text: string, size: number, room: number, bold = false): string {
  if (textWidth(text, size, bold) <= room) return text;
  const advance = advancesOf(bold);
  let width = textWidth('…', size, bold);
  let kept = '';
  for (const letter of text) {
    width += advance(letter.codePointAt(0) as number) * size;
    if (width > room) break;
    kept += letter;
  }
  return kept === '' ? '' : `${kept.trimEnd()}…`;
}

/** The text's end where its begin has no room: what tells series apart stands at the end of their names. */
export function cutStart(text: string, size: number, room: number, bold = false): string {
  if (textWidth(text, size, bold) <= room) return text;
  const reversed = Array.from(text).toReversed().join('');
  const cut = cutText(reversed, size, room, bold);
  return cut === '' ? '' : `…${Array.from(cut.slice(0, -1)).toReversed().join('')}`;
}
