import type { Drawing, Row } from '../../core/frame.ts';
import { consolidate } from '../rows/grid.ts';
import { readColour } from './colours.ts';
import type { PictureQuestion } from './question.ts';
import type { Paint } from './shapes.ts';
import { type Unit, unitOf } from './units.ts';
import { oneLine } from './words.ts';

/** A row ready to be drawn: each value a finite number or NaN for a gap. */
export interface Series {
  name: string;
  start: number;
  step: number;
  values: Float64Array;
  drawing: Drawing;
  unit: Unit;
  paint: Paint;
  figures: SeriesFigures;
  /** Where its area begins, value by value; undefined for the base line of the axis. */
  base?: Float64Array;
}

/** What the known values amount to; all NaN when there are none. */
export interface SeriesFigures {
  first: number;
  last: number;
  min: number;
  max: number;
  average: number;
  sum: number;
}

/** Rows that are drawn at most; more cannot be told apart. */
export const MOST_SERIES = 200;
/** Values beyond are drawn as this, so that sums of them stay finite; values closer to 0 as 0. */
const LARGEST = 1e300;

/** Rows as series: folded where that was asked for, with colours in their order. @throws HeedError `bad_colour` */
export function seriesOf({ rows, kinds, options }: PictureQuestion): Series[] {
  let next = 0;
  return rows.slice(0, MOST_SERIES).map((row) => {
    const folded = foldRow(row, options.width, options.minXStep);
    const values = folded.values.map((value) => drawable(value, options.drawNullAsZero));
    const drawing = tame(row.drawing ?? {});
    const side = drawing.secondAxis ? options.right : options.left;
    const own = drawing.colour === undefined ? side.colour : readColour(drawing.colour);
    const counts = own === undefined && !drawing.hidden && !isMark(row);
    return {
      name: oneLine(row.name),
      start: folded.start,
      step: folded.step,
      values,
      drawing,
      unit: options.unit ?? unitOfRow(row, kinds),
      paint: own ?? (counts ? options.look.series[next++ % options.look.series.length] : options.look.marker),
      figures: figuresOf(values),
    };
  });
}

/** What functions were given, within bounds that can be drawn; what is no number is left out. */
function tame({ alpha, width, dashes, ...others }: Drawing): Drawing {
  const within = (value: number | undefined, most: number): number | undefined =>
    value === undefined || Number.isNaN(value) ? undefined : Math.max(0, Math.min(most, value));
  return { ...others, alpha: within(alpha, 1), width: within(width, 100), dashes: within(dashes, 1000) };
}

/** A row under another name, or with more said of its line, still measures what its path does. */
function unitOfRow({ name, path, tags }: Row, kinds: PictureQuestion['kinds']): Unit {
  const kind = kinds.get(name);
  if (kind !== undefined) return unitOf(name, kind);
  return path.includes('(') ? unitOf(path, undefined) : unitOf(tags.name ?? path, kinds.get(tags.name));
}

/** A line at one value over the whole window, as threshold() makes it. */
export const isLevel = ({ values }: Pick<Row, 'values'>): boolean => values.length === 3 && values.every((value) => value === values[0]);

/** One moment that verticalLine() marks. */
export const isMark = ({ drawing, values }: Pick<Row, 'drawing' | 'values'>): boolean => drawing?.infinite === true && values.length === 1;

function drawable(value: number, nullAsZero: boolean): number {
  if (Number.isNaN(value)) return nullAsZero ? 0 : NaN;
  if (!Number.isFinite(value)) return NaN;
  return Math.abs(value) < 1 / LARGEST ? 0 : Math.max(-LARGEST, Math.min(LARGEST, value));
}

/** Folds as Graphite does where somebody says how: all rows for `minXStep`, rows by their own method to a pixel each. Others keep all values. */
function foldRow(row: Row, width: number, minXStep: number | undefined): Row {
  if (minXStep === 0 || (minXStep === undefined && row.consolidate === 'average')) return row;
  const size = Math.ceil((row.values.length * (minXStep ?? 1)) / width);
  return size > 1 ? consolidate(row, size) : row;
}

function figuresOf(values: Float64Array): SeriesFigures {
  let [first, last, min, max, sum, count] = [NaN, NaN, Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (count++ === 0) first = value;
    last = value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return count === 0 ? { first, last, min: NaN, max: NaN, average: NaN, sum: NaN } : { first, last, min, max, average: sum / count, sum };
}

/** True when there is anything to draw. */
export const hasValues = ({ figures }: Series): boolean => !Number.isNaN(figures.last);
