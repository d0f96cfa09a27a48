import { textWidth } from './font.ts';
import type { Paint, TextShape } from './shapes.ts';

export interface TextStyle {
  size: number;
  paint: Paint;
  bold?: boolean;
  anchor?: TextShape['anchor'];
  turn?: TextShape['turn'];
}

/** A text whose anchor stands on the base line at `x`, `y`. */
export function write(text: string, x: number, y: number, { size, paint, bold = false, anchor = 'start', turn = 0 }: TextStyle): TextShape {
  return { kind: 'text', text, x, y, size, width: textWidth(text, size, bold), bold, paint, anchor, turn };
}

/** From the middle of a line of text to its base line. */
export const toBaseline = (size: number): number => size * 0.364;

/** A text as it can be drawn: one line, without characters that have no form, of bounded length. */
export function oneLine(text: string): string {
  const shown = text.slice(0, 1000).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ');
  return shown.replaceAll(/[\uFFFE\uFFFF\p{Cs}]/gu, '\uFFFD').trim();
}
