import { textWidth } from './font.ts';
import { figureText } from './figures.ts';
import { heading, insideMargins } from './heading.ts';
import { legendOf } from './legend.ts';
import { drawNothing } from './nothing.ts';
import type { PictureQuestion } from './question.ts';
import { type Series, seriesOf } from './series.ts';
import { place, type Shape } from './shapes.ts';
import { sharedUnit } from './units.ts';
import { toBaseline, write } from './words.ts';

interface Slice {
  series: Series;
  value: number;
  /** Of all, 0 to 1. */
  share: number;
}

const FIGURES = { average: 'average', maximum: 'max', minimum: 'min' } as const;
/** Slices that are smaller have no label of their own. */
const LEAST_LABELLED = 0.05;

/** Shares of one whole: each row's average, greatest or least value. */
export function drawPie(question: PictureQuestion): Shape[] {
  const { options } = question;
  const { look, fontSize } = options;
  const slices = slicesOf(question);
  if (slices.length === 0) return drawNothing(question);
  const head = heading(options, insideMargins(options));
  const unit = sharedUnit(slices.map(({ series }) => series.unit));
  const percent = (share: number): string => `${figureText(share * 100, 'number', share < 0.1 ? 2 : 3)} %`;
  const entries = slices.map(({ series, value, share }) => ({
    name: series.name,
    value: options.valueLabels === 'number' ? figureText(value, unit) : percent(share),
    note: options.valueLabels === 'number' ? percent(share) : figureText(value, unit),
    paint: series.paint,
  }));
  const legend = legendOf(options.hideLegend ? [] : entries, options, head.box.width, head.box.height * 0.45);
  const gap = legend.height === 0 ? 0 : fontSize;
  const height = head.box.height - legend.height - gap;
  const radius = Math.max(1, Math.min(head.box.width, height) / 2);
  const [x, y] = [head.box.left + head.box.width / 2, head.box.top + height / 2];
  const shapes: Shape[] = [...head.shapes];
  const labels: Shape[] = [];
  let from = 0;
  for (const { series, value, share } of slices) {
    const to = from + share;
    shapes.push({
      kind: 'path',
      d: wedge(x, y, radius, from, to),
      fill: series.paint,
      stroke: { ...look.background, width: slices.length === 1 ? 0 : slices.length > 12 ? 0.75 : 1.5 },
    });
    const text = options.valueLabels === 'number' ? figureText(value, unit) : percent(share);
    if (options.valueLabels !== 'none' && share >= LEAST_LABELLED && radius * Math.min(share * 5, 1) > textWidth(text, fontSize, true)) {
      const angle = (from + to) * Math.PI;
      const reach = slices.length === 1 ? 0 : radius * 0.66;
      const style = { size: fontSize, paint: look.background, bold: true, anchor: 'middle' } as const;
      labels.push(write(text, x + Math.sin(angle) * reach, y - Math.cos(angle) * reach + toBaseline(fontSize), style));
    }
    from = to;
  }
  return [...shapes, ...labels, ...legend.draw(head.box.left, head.box.top + head.box.height - legend.height)];
}

/** Rows with something to show; what is below 0 has no share. */
function slicesOf(question: PictureQuestion): Slice[] {
  const figure = FIGURES[question.options.pieMode];
  const slices = seriesOf(question)
    .map((series) => ({ series, value: series.figures[figure] }))
    .filter(({ value }) => value > 0);
  const largest = Math.max(0, ...slices.map(({ value }) => value));
  // Parts of the largest, so that even the sum of enormous values is finite.
  const whole = slices.reduce((sum, { value }) => sum + value / largest, 0);
  return slices.map(({ series, value }) => ({ series, value, share: value / largest / whole }));
}

/** A slice from one share of the circle to another, clockwise from the top. */
function wedge(x: number, y: number, radius: number, from: number, to: number): string {
  const steps = Math.max(1, Math.ceil((to - from) * Math.max(24, Math.min(720, radius * 3))));
  let d = to - from > 1 - 1e-9 ? '' : `M${place(x)} ${place(y)}`;
  for (let i = 0; i <= steps; i++) {
    const angle = (from + ((to - from) * i) / steps) * 2 * Math.PI;
    d += `${d === '' ? 'M' : 'L'}${place(x + Math.sin(angle) * radius)} ${place(y - Math.cos(angle) * radius)}`;
  }
  return `${d}Z`;
}
