/** Characters that a line shows at most; the rest is cut. */
const MOST = 512;

/**
 * A received line as it can be shown: control characters (and what would turn or hide text) as `\xNN`, `\uNNNN` or
 * `\u{NNNNN}`, at most 512 characters. `at` finds where a position of the line is in what is shown.
 */
export function printable(line: string): { text: string; at: (index: number) => number } {
  const positions = [0];
  let text = '';
  for (const character of line) {
    if (text.length >= MOST) break;
    // Half a pair stands where its character begins.
    if (character.length === 2) positions.push(text.length);
    text += shown(character);
    positions.push(Math.min(text.length, MOST));
  }
  if (text.length > MOST || positions.length <= line.length) text = `${text.slice(0, MOST - 1)}…`;
  return { text, at: (index) => Math.min(positions[Math.max(0, Math.min(index, positions.length - 1))], text.length) };
}

function shown(character: string): string {
  // C0, DEL and C1; joiners, bidirectional marks and line separators; surrogates that stand alone are shown by the browser.
  if (!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character)) return character;
  const code = character.codePointAt(0) as number;
  if (code === 9) return '\\t';
  if (code === 13) return '\\r';
  if (code > 0xff_ff) return `\\u{${code.toString(16)}}`;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
