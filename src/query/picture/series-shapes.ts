import { faint } from './colours.ts';
import { inkOf, linePaths, type LineQuestion } from './line-path.ts';
import type { PictureOptions } from './options.ts';
import { runsOf, silences } from './runs.ts';
import { isLevel, type Series } from './series.ts';
import { type Box, filled, line, place, sharp, type Shape, type Stroke } from './shapes.ts';
import type { ValueAxis } from './value-axis.ts';
import { textWidth } from './font.ts';
import { toBaseline, write } from './words.ts';

export interface SeriesPlace {
  series: Series;
  box: Box;
  axis: ValueAxis;
  /** Pixels of a time. */
  x: (time: number) => number;
  /** Opacity of the area below, 0 for none. */
  area: number;
  options: PictureOptions;
}

/** An axis that is told its ends may have values so many heights away. */
const FAR = 1e6;
/** Lines go on so far above and below the plot, where they are cut off. */
const BEYOND = 60;
const WIDTH = 1.5;
/** Radius of a value that has no neighbour. */
const DOT = 2;

/** Columns of all series together, and pixels that their lines go up and down, which are drawn in a second or two. */
const MOST_COLUMNS = 200_000;
const MOST_INK = 8_000_000;

/** How wide the columns must be so that a picture full of noise is drawn in time: 1 pixel but for very large ones. */
export function columnFor(places: readonly SeriesPlace[]): number {
  const [first] = places;
  if (!first) return 1;
  const column = Math.max(1, (places.length * first.box.width) / MOST_COLUMNS);
  if (places.length * first.box.width * first.box.height * 2 < MOST_INK) return column;
  const ink = (place: SeriesPlace): number =>
    place.series.drawing.infinite ? momentsOf(place, column).length * place.box.height : linesOf(place, column).reduce((sum, one) => sum + inkOf(one), 0);
  return column * Math.max(1, places.reduce((sum, place) => sum + ink(place), 0) / MOST_INK);
}

/** The lines of a series, one for each run of values that can be seen. */
function linesOf({ series: { values, start, step }, box, axis, x, options }: SeriesPlace, column: number): LineQuestion[] {
  const at = (index: number): number => x(start + index * step);
  const y = (value: number): number => box.top + (1 - Math.max(-FAR, Math.min(FAR, axis.scale(value)))) * box.height;
  const within = [box.top - BEYOND, box.top + box.height + BEYOND] as const;
  // Gaps that are narrower than a column cannot be seen.
  const unseen = Math.floor(column / Math.max(1e-9, x(start + step) - x(start)));
  const joined = Math.max(unseen, options.lineMode === 'connected' ? options.connectedLimit : 0);
  return runsOf(values, joined)
    .filter(({ from, to }) => at(to + 1) >= box.left && at(from) <= box.left + box.width)
    .map((run) => ({ run, values, x: at, y, within, staircase: options.lineMode === 'staircase', column }));
}

/** A series' lines, areas, or the moments that it marks; values in a `column` of pixels share their lowest and highest. */
export function drawSeries(place: SeriesPlace, column: number): Shape[] {
  const { series, axis, area, options } = place;
  const { drawing, base } = series;
  const side = drawing.secondAxis ? options.right : options.left;
  const paint = faint(series.paint, drawing.alpha ?? 1);
  const dashes = drawing.dashes ?? (side.dashed ? 5 : 0);
  const width = drawing.width ?? side.lineWidth ?? WIDTH;
  const stroke: Stroke = { ...paint, width, ...(dashes >= 1 && { dashes: [dashes, dashes] }) };
  if (drawing.infinite) return moments(place, column, { ...stroke, width: Math.max(1, width - 0.5) });
  let [lines, areas, dots] = ['', '', ''];
  for (const one of linesOf(place, column)) {
    const floor = one.y(axis.base);
    const toBase = (index: number): number => {
      const found = base ? one.y(base[index]) : floor;
      return Number.isNaN(found) ? floor : found;
    };
    const found = linePaths(one, area > 0 ? toBase : undefined);
    if (found.alone) dots += dot(found.line);
    else [lines, areas] = [lines + found.line, areas + found.area];
  }
  const shapes: Shape[] = [];
  if (areas !== '') shapes.push({ kind: 'path', d: areas, fill: faint(paint, area) });
  if (drawing.hidden) return shapes;
  if (lines !== '' && width > 0) shapes.push({ kind: 'path', d: lines, stroke });
  if (dots !== '') shapes.push({ kind: 'path', d: dots, stroke: { ...paint, width: Math.max(2 * DOT, width) } });
  return shapes;
}

/** A little square in place of a line of one point. */
function dot(move: string): string {
  const [x, y] = move.slice(1).split(' ').map(Number);
  return `M${place(x - DOT)} ${place(y)}L${place(x + DOT)} ${place(y)}`;
}

/** Where values are above 0, pixels: one place for each column at most. */
function momentsOf({ series: { values, start, step }, box, x }: SeriesPlace, column: number): number[] {
  const found: number[] = [];
  let last = NaN;
  for (const [i, value] of values.entries()) {
    const at = x(start + i * step);
    const own = Math.floor(at / column);
    if (!(value > 0) || own === last || at < box.left || at > box.left + box.width) continue;
    last = own;
    found.push(sharp(at));
  }
  return found;
}

/** Lines from top to bottom. */
function moments(place: SeriesPlace, column: number, stroke: Stroke): Shape[] {
  const { top, height } = place.box;
  const lines = momentsOf(place, column).map((at) => line(at, top, at, top + height, stroke).d);
  return lines.length === 0 ? [] : [{ kind: 'path', d: lines.join(''), stroke }];
}

/** Gaps are gaps: where no series knows anything is hatched, and named where there is room. */
export function drawSilences(series: readonly Series[], box: Box, x: (time: number) => number, { look, fontSize }: PictureOptions): Shape[] {
  const shapes: Shape[] = [];
  for (const [from, until] of silences(series.filter((one) => !one.drawing.infinite && !isLevel(one))).slice(0, 100)) {
    const left = Math.max(box.left, x(from));
    const right = Math.min(box.left + box.width, x(until));
    if (right - left < 3) continue;
    let d = '';
    for (let at = left - box.height; at < right; at += 8) d += `M${place(at)} ${place(box.top + box.height)}L${place(at + box.height)} ${place(box.top)}`;
    const inside: Shape[] = [{ kind: 'path', d, stroke: { ...look.grid, width: 1 } }];
    const width = textWidth('no data', fontSize);
    if (right - left > width + 24 && box.height > fontSize * 3) {
      const [middle, centre] = [(left + right) / 2, box.top + box.height / 2];
      inside.push(filled({ left: middle - width / 2 - 7, top: centre - fontSize, width: width + 14, height: fontSize * 2 }, look.background));
      inside.push(write('no data', middle, centre + toBaseline(fontSize), { size: fontSize, paint: look.dim, anchor: 'middle' }));
    }
    shapes.push({ kind: 'clip', box: { ...box, left, width: right - left }, shapes: inside });
  }
  return shapes;
}
