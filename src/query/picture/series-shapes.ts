import { faint } from './colours.ts';
import { linePaths } from './line-path.ts';
import type { PictureOptions } from './options.ts';
import type { PictureQuestion } from './question.ts';
import { runsOf, silences } from './runs.ts';
import { isLevel, type Series } from './series.ts';
import { type Box, filled, place, sharp, type Shape, type Stroke } from './shapes.ts';
import type { ValueAxis } from './value-axis.ts';
import { textWidth } from './font.ts';
import { toBaseline, write } from './words.ts';

export interface SeriesPlace {
  box: Box;
  axis: ValueAxis;
  /** Pixels of a time. */
  x: (time: number) => number;
  /** Opacity of the area below, 0 for none. */
  area: number;
  question: PictureQuestion;
}

/** Places beyond the picture by more are drawn as if they were there. */
const FAR = 10_000;
const WIDTH = 1.5;
/** Radius of a value that has no neighbour. */
const DOT = 2;

/** A series' lines, areas, or the moments that it marks. */
export function drawSeries(series: Series, { box, axis, x, area, question }: SeriesPlace): Shape[] {
  const { options } = question;
  const { drawing, values, start, step, base } = series;
  const side = drawing.secondAxis ? options.right : options.left;
  const paint = faint(series.paint, drawing.alpha ?? 1);
  const dashes = drawing.dashes ?? (side.dashed ? 5 : undefined);
  const width = drawing.width ?? side.lineWidth ?? WIDTH;
  const stroke: Stroke = { ...paint, width, ...(dashes !== undefined && dashes > 0.5 && { dashes: [dashes, dashes] }) };
  const at = (index: number): number => Math.max(-FAR, Math.min(FAR, x(start + index * step)));
  if (drawing.infinite) return moments(series, at, box, { ...stroke, width: Math.max(1, width - 0.5) });
  const y = (value: number): number => Math.max(-FAR, Math.min(FAR, box.top + (1 - axis.scale(value)) * box.height));
  const floor = y(axis.base);
  const toBase = (index: number): number => {
    const found = base ? y(base[index]) : floor;
    return Number.isNaN(found) ? floor : found;
  };
  let [lines, areas, dots] = ['', '', ''];
  for (const run of runsOf(values, options.lineMode === 'connected' ? options.connectedLimit : 0)) {
    if (at(run.to + 1) < box.left || at(run.from) > box.left + box.width) continue;
    const found = linePaths({ run, values, x: at, y, staircase: options.lineMode === 'staircase' }, area > 0 ? toBase : undefined);
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

/** Lines from top to bottom where values are above 0, one for each column of pixels at most. */
function moments({ values }: Series, at: (index: number) => number, box: Box, stroke: Stroke): Shape[] {
  let d = '';
  let column = NaN;
  for (const [i, value] of values.entries()) {
    const x = sharp(at(i));
    if (!(value > 0) || x === column || x < box.left || x > box.left + box.width) continue;
    column = x;
    d += `M${x} ${place(box.top)}V${place(box.top + box.height)}`;
  }
  return d === '' ? [] : [{ kind: 'path', d, stroke }];
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
