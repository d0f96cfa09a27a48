import { faint } from './colours.ts';
import { textWidth } from './font.ts';
import { figureText } from './figures.ts';
import { heading, insideMargins } from './heading.ts';
import { drawNothing } from './nothing.ts';
import type { PictureQuestion } from './question.ts';
import { hasValues, type Series, seriesOf } from './series.ts';
import { type Box, boxPath, filled, line, sharp, type Shape } from './shapes.ts';
import { inSlots, slotsFor } from './slots.ts';
import { timeLabels, timeLabelsHeight } from './time-labels.ts';
import { toBaseline, write } from './words.ts';

/** Shares of the series' colour, fewest to most. */
const SHADES = [0.12, 0.28, 0.48, 0.72, 1];
const LEAST_CELL = 7;

/** Rows as buckets of a histogram over time, lowest first: the more in a bucket, the darker. */
export function drawHeatmap(question: PictureQuestion): Shape[] {
  const { options } = question;
  const { look, fontSize, bold } = options;
  const buckets = inOrder(seriesOf(question));
  if (!buckets.some(({ series }) => hasValues(series))) return drawNothing(question);
  const head = heading(options, insideMargins(options));
  const keyHeight = options.hideLegend || head.box.height < 100 ? 0 : Math.round(fontSize * 2);
  const below = options.hideXAxis || head.box.height < 60 ? 0 : timeLabelsHeight(fontSize);
  const height = Math.max(1, head.box.height - keyHeight - below);
  const widest = Math.max(...buckets.map(({ label }) => textWidth(label, fontSize, bold)));
  const labelWidth = options.hideYAxis || widest > head.box.width * 0.4 ? 0 : widest + 8;
  const box = { ...head.box, left: head.box.left + labelWidth, width: head.box.width - labelWidth, height };
  const shapes: Shape[] = [...head.shapes, ...cells(buckets, question, box)];
  const rowHeight = height / buckets.length;
  const every = Math.ceil((fontSize * 1.4) / rowHeight);
  if (labelWidth > 0)
    for (const [i, { label }] of buckets.entries()) {
      if (i % every !== 0) continue;
      const y = box.top + height - (i + 0.5) * rowHeight + toBaseline(fontSize);
      shapes.push(write(label, box.left - 8, y, { size: fontSize, paint: look.dim, bold, anchor: 'end' }));
    }
  if (below > 0) {
    const bottom = sharp(box.top + height);
    shapes.push(line(box.left, bottom, box.left + box.width, bottom, { ...look.base, width: 1 }), ...timeLabels(question, box, options));
  }
  if (keyHeight > 0) shapes.push(...key(question, box.left, head.box.top + head.box.height - fontSize * 0.7));
  return shapes;
}

interface Bucket {
  series: Series;
  label: string;
  /** The bound that its name tells; NaN for none. */
  bound: number;
}

/** Buckets by the bounds that all names tell, or else as they came. */
function inOrder(series: readonly Series[]): Bucket[] {
  const buckets = series.map((one): Bucket => {
    const found = /(?:\bbin_|\ble=["']?)([-+]?[\d._]+(?:e[-+]?\d+)?|\+?inf(?:inity)?)/i.exec(one.name);
    const text = found?.[1].toLowerCase().replace(/^\+/, '').replace(/_/g, '.').replace(/\.$/, '');
    const bound = text === undefined ? NaN : text.startsWith('inf') ? Infinity : Number(text);
    const unit = one.name.includes('bin_') ? 'ms' : 'number';
    const label = Number.isNaN(bound) ? one.name : Number.isFinite(bound) ? figureText(bound, unit) : 'above';
    return { series: one, label, bound };
  });
  return buckets.some(({ bound }) => Number.isNaN(bound)) ? buckets : buckets.toSorted((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0));
}

/** One path for each shade. */
function cells(buckets: readonly Bucket[], { options, from, until }: PictureQuestion, box: Box): Shape[] {
  const slots = slotsFor(
    buckets.map(({ series }) => series),
    from,
    until,
    box.width,
    LEAST_CELL,
  );
  const sums = buckets.map(({ series }) => inSlots(series, slots, (sum, value) => sum + value));
  let most = 0;
  for (const row of sums) for (const value of row) if (value > most) most = value;
  const paths = SHADES.map(() => '');
  const cell = { width: (slots.step / (until - from)) * box.width, height: box.height / buckets.length };
  const gap = Math.min(1, cell.width / 4, cell.height / 4);
  for (const [r, row] of sums.entries()) {
    for (const [i, value] of row.entries()) {
      if (!(value > 0)) continue;
      const shade = Math.min(SHADES.length - 1, Math.floor(Math.sqrt(value / most) * SHADES.length));
      const left = box.left + ((slots.start + i * slots.step - from) / (until - from)) * box.width;
      const top = box.top + box.height - (r + 1) * cell.height;
      paths[shade] += boxPath({ left, top, width: cell.width - gap, height: cell.height - gap });
    }
  }
  const [paint] = options.look.series;
  const filledPaths = paths.map((d, i): Shape => ({ kind: 'path', d, fill: faint(paint, SHADES[i]) }));
  return [{ kind: 'clip', box, shapes: filledPaths.filter((shape) => shape.kind === 'path' && shape.d !== '') }];
}

function key({ options: { look, fontSize } }: PictureQuestion, left: number, middle: number): Shape[] {
  const style = { size: fontSize, paint: look.dim };
  const y = middle + toBaseline(fontSize);
  let x = left + textWidth('fewer', fontSize) + 6;
  const shapes: Shape[] = [write('fewer', left, y, style)];
  for (const shade of SHADES) {
    shapes.push(filled({ left: x, top: middle - 4, width: 14, height: 8 }, faint(look.series[0], shade)));
    x += 15;
  }
  shapes.push(write('more', x + 5, y, style));
  return shapes;
}
