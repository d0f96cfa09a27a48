import type { CommandIo } from '../core/define.ts';

/** Colours and signs of the terminal; plain where the output is not a terminal or NO_COLOR is set. */
export interface Style {
  accent(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
  /** Sign and word of a state, e.g. `✓ ok`; colour never says it alone. */
  state(state: 'ok' | 'warn' | 'bad' | 'none'): string;
}

const SIGNS = { ok: '✓', warn: '!', bad: '✗', none: '?' } as const;
const COLOURS = { ok: 32, warn: 33, bad: 31, none: 90 } as const;

/** Styles for one stream of `io`. FORCE_COLOR gives colour to pipes. */
export function styleFor(io: CommandIo, stream: 'stdout' | 'stderr' = 'stdout'): Style {
  const coloured = !io.env.NO_COLOR && (io[stream].isTTY === true || Boolean(io.env.FORCE_COLOR)) && io.env.TERM !== 'dumb';
  const wrap =
    (code: number, end: number) =>
    (text: string): string =>
      coloured ? `\u001B[${code}m${text}\u001B[${end}m` : text;
  return {
    accent: wrap(36, 39),
    dim: wrap(2, 22),
    bold: wrap(1, 22),
    state: (state) => wrap(COLOURS[state], 39)(SIGNS[state]),
  };
}

/** Aligns rows in columns, two blanks between; columns named in `right` are flush right. ANSI codes do not count as width. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, width(cell))));
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const pad = ' '.repeat(widths[i] - width(cell));
          return right.includes(i) ? pad + cell : i === row.length - 1 ? cell : cell + pad;
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

// eslint-disable-next-line no-control-regex
const ANSI = /\u001B\[[0-9;]*m/g;

/** Columns that a text takes, ANSI codes left out. */
export function width(text: string): number {
  return Array.from(text.replace(ANSI, '')).length;
}

/** Text from outside made safe for a terminal: control characters become visible. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001F\u007F-\u009F]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
