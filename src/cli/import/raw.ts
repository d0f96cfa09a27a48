import type { AnsweredRow } from './expected.ts';

/** Reads an answer in Graphite's raw format, one line a row: `name,start,end,step|value,None,…`. Lines that are none are left out. */
export function* parseRaw(text: string): Generator<[name: string, row: AnsweredRow]> {
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    at = end + 1;
    const bar = line.lastIndexOf('|');
    const head = /^(.*),(\d+),(\d+),(\d+)$/s.exec(line.slice(0, Math.max(bar, 0)));
    if (!head || Number(head[4]) === 0) continue;
    const count = (Number(head[3]) - Number(head[2])) / Number(head[4]);
    yield [head[1], { start: Number(head[2]), step: Number(head[4]), values: valuesOf(line.slice(bar + 1), count) }];
  }
}

function valuesOf(text: string, count: number): Float64Array {
  const parts = text.split(',');
  const values = new Float64Array(Math.max(0, Math.min(parts.length, count || 0))).fill(NaN);
  for (let i = 0; i < values.length; i++) if (parts[i] !== 'None') values[i] = numberOf(parts[i]);
  return values;
}

/** Python writes infinity as `inf`. */
const numberOf = (text: string): number => (/^-?inf$/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text));
