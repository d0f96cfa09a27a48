import type { FrameRow } from '../../src/api/contract.ts';
import type { Unit } from '../words/number.ts';
import { unitOf } from './units.ts';

/** One line of a chart: a row, its unit and its figures. */
export interface Line {
  /** Same over reloads: the row's name. */
  key: string;
  /** The name without what all names begin with. */
  label: string;
  row: FrameRow;
  /** The row's values for drawing: `undefined` is joined over, `null` is a gap. */
  drawn: Drawn;
  unit: Unit;
  /** 0–7 is chart-1…8; -1 is grey. */
  colour: number;
  /** Drawn in dashes: what it was at another time. */
  dashed?: boolean;
  stats: Stats;
}

export type Drawn = readonly (number | null | undefined)[];

/** How far another hole of the same kind may be for both to be a rhythm, in lengths of the hole. */
const NEAR = 6;

/**
 * Tells rhythm from gaps: where a series comes every ten seconds and its row has steps of three or eight, the slots that
 * stay empty are no gaps. A hole is rhythm when it is about as long as the distance of the points before it, or when holes
 * as long as it come near it on both sides.
 */
export function withRhythm(values: readonly (number | null)[]): Drawn {
  const holes: { start: number; end: number; before: number }[] = [];
  let [first, last, distance] = [-1, -1, 0];
  for (let i = 0; i < values.length; i++) {
    if (values[i] === null) continue;
    if (first < 0) first = i;
    if (last >= 0) {
      if (i - last > 1) holes.push({ start: last, end: i, before: distance });
      distance = i - last;
    }
    last = i;
  }
  let drawn: (number | null | undefined)[] | undefined;
  holes.forEach(({ start, end, before }, index) => {
    const length = end - start;
    const [left, right] = [holes[index - 1], holes[index + 1]];
    const nearLeft = left !== undefined && left.end - left.start >= length && start - left.end <= NEAR * length;
    const nearRight = right !== undefined && right.end - right.start >= length && right.start - end <= NEAR * length;
    const periodic = (nearLeft && (nearRight || last - end <= NEAR * length)) || (nearRight && start - first <= NEAR * length);
    if (length > 1.5 * before && !periodic) return;
    drawn ??= values.slice();
    drawn.fill(undefined, start + 1, end);
  });
  return drawn ?? values;
}

export interface Stats {
  last: number | null;
  /** Time of the last known value. */
  lastTime: number | null;
  min: number | null;
  mean: number | null;
  max: number | null;
}

/** Figures of the known values. */
export function statsOf(row: FrameRow): Stats {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let count = 0;
  let last = -1;
  for (let i = 0; i < row.values.length; i++) {
    const value = row.values[i];
    if (value === null) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count++;
    last = i;
  }
  if (count === 0) return { last: null, lastTime: null, min: null, mean: null, max: null };
  return { last: row.values[last], lastTime: row.start + last * row.step, min, mean: sum / count, max };
}

/** What all names begin with, by whole nodes and with the last dot; empty for one name. */
export function commonPrefix(names: readonly string[]): string {
  if (names.length < 2) return '';
  let end = 0;
  for (let dot = names[0].indexOf('.'); dot >= 0; dot = names[0].indexOf('.', dot + 1)) {
    const start = names[0].slice(0, dot + 1);
    // Brackets would be torn apart.
    if (start.includes('(') || !names.every((name) => name.startsWith(start))) break;
    end = dot + 1;
  }
  return names[0].slice(0, end);
}

export const COLOURS = 8;

/** Which colour each name has; names keep theirs while others come and go. */
export type ColourBook = Map<string, number>;

function updateBook(book: ColourBook, names: readonly string[]): void {
  const present = new Set(names);
  for (const name of book.keys()) if (!present.has(name)) book.delete(name);
  const used = new Set(book.values());
  for (const name of names) {
    if (book.has(name)) continue;
    let colour = 0;
    while (used.has(colour)) colour++;
    used.add(colour);
    book.set(name, colour);
  }
}

/** Rows as lines: up to eight in colour; more are all grey but those that are pinned. */
export function linesOf(rows: readonly FrameRow[], pinned: readonly string[], book: ColourBook): Line[] {
  const names = rows.map((row) => row.name);
  const coloured = rows.length <= COLOURS ? names : names.filter((name) => pinned.includes(name));
  updateBook(book, coloured);
  const common = commonPrefix(names).length;
  return rows.map((row) => {
    const colour = book.get(row.name);
    return {
      key: row.name,
      label: row.name.slice(common),
      row,
      drawn: withRhythm(row.values),
      unit: unitOf(row.name, row.kind),
      colour: colour === undefined ? -1 : colour % COLOURS,
      stats: statsOf(row),
    };
  });
}

/** Class that gives a key or a row its line's colour. */
export function colourClass({ colour }: Pick<Line, 'colour'>): string {
  return colour < 0 ? 'c-none' : `c${colour + 1}`;
}

/** The value of a line that stands for a moment: of the slot that holds it, or of the last beat before. */
export function valueAt({ row, drawn }: Line, time: number): number | null {
  let slot = Math.floor((time - row.start) / row.step + 1e-6);
  while (slot > 0 && slot < drawn.length && drawn[slot] === undefined) slot--;
  return drawn[slot] ?? null;
}

/** Lines on one x axis, as uPlot wants them: `null` is a gap, `undefined` a time that the row does not have. */
export function align(lines: readonly Line[]): [number[], ...(number | null | undefined)[][]] {
  if (lines.length === 0) return [[]];
  const first = lines[0].row;
  if (lines.every(({ row }) => row.start === first.start && row.step === first.step)) {
    const length = Math.max(...lines.map(({ drawn }) => drawn.length));
    return [Array.from({ length }, (_, i) => first.start + i * first.step), ...lines.map(({ drawn }) => drawn as (number | null | undefined)[])];
  }
  const times = new Set<number>();
  for (const { row } of lines) for (let i = 0; i < row.values.length; i++) times.add(row.start + i * row.step);
  const axis = [...times].toSorted((a, b) => a - b);
  return [axis, ...lines.map(({ row, drawn }) => axis.map((time) => drawn[(time - row.start) / row.step]))];
}

/** Spans where no line knows anything, between the first and the last known value: at least two slots long. */
export function gapsOf(lines: readonly Line[]): [from: number, until: number][] {
  const spans: [number, number][] = [];
  for (const { row, drawn } of lines) {
    let start = -1;
    for (let i = 0; i <= drawn.length; i++) {
      const known = i < drawn.length && drawn[i] !== null;
      if (known && start < 0) start = i;
      else if (!known && start >= 0) {
        spans.push([row.start + start * row.step, row.start + (i - 1) * row.step]);
        start = -1;
      }
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  const coarsest = Math.max(0, ...lines.map(({ row }) => row.step));
  const gaps: [number, number][] = [];
  let end = spans[0]?.[1] ?? 0;
  for (const [from, until] of spans) {
    if (from - end > 2 * coarsest) gaps.push([end, from]);
    end = Math.max(end, until);
  }
  return gaps;
}

/** Least time without a value at the end of a window that counts as silence. */
const LEAST_SILENCE = 120_000;

/** When all lines went silent, if that is long before the window's end: five slots and two minutes at least. Lines from another time do not count. */
export function silentSince(lines: readonly Line[], until: number): number | null {
  const now = lines.filter(({ dashed }) => !dashed);
  const last = Math.max(...now.map(({ stats, row }) => (stats.lastTime ?? -Infinity) + row.step));
  const slot = Math.max(0, ...now.map(({ row }) => row.step));
  return Number.isFinite(last) && until - last > Math.max(LEAST_SILENCE, 5 * slot) ? last : null;
}
