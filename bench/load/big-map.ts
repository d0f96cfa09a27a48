import { randomUUID } from 'node:crypto';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A number as source maps write it (base 64 VLQ, ECMA-426). */
function vlq(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const digit = rest & 31;
    rest >>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}

const SOURCES = 480;
const LINES = 220;
const PLACES_A_LINE = 2;

/** A build of one minified line, as bundlers make them: its map with the sources in it, about 5 MB, and places that are in it. */
export function bigMap(): { debugId: string; minified: string; map: string; columns: number[] } {
  const [parts, minified, columns]: [string[], string[], number[]] = [[], [], []];
  let [line, column, name] = [0, 0, 0];
  for (let source = 0; source < SOURCES; source++) {
    for (let row = 0; row < LINES; row++) {
      for (let place = 0; place < PLACES_A_LINE; place++) {
        const at = place * 9;
        const first = source + row + place === 0;
        const named = place === 1;
        parts.push(
          vlq(first ? 0 : 12) + vlq(row + place === 0 && source > 0 ? 1 : 0) + vlq(row - line) + vlq(at - column) + (named ? vlq((row % 50) - name) : ''),
        );
        [line, column] = [row, at];
        if (named) name = row % 50;
        minified.push('a(b,c.d);e()');
      }
    }
    columns.push(minified.length * 12 - 6);
  }
  const content = (source: number): string => Array.from({ length: LINES }, (_, row) => `  callee${row % 50}(first_${source}, second.third);`).join('\n');
  return {
    debugId: randomUUID(),
    minified: minified.join(''),
    map: JSON.stringify({
      version: 3,
      sources: Array.from({ length: SOURCES }, (_, source) => `webpack:///./src/part-${source}.js`),
      sourcesContent: Array.from({ length: SOURCES }, (_, source) => content(source)),
      names: Array.from({ length: 50 }, (_, name) => `callee${name}`),
      mappings: parts.join(','),
    }),
    columns,
  };
}
