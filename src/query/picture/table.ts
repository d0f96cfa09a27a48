import { cutStart, textWidth } from './font.ts';
import { figureText } from './figures.ts';
import { heading, insideMargins } from './heading.ts';
import { stateOf } from './limits.ts';
import { drawNothing } from './nothing.ts';
import type { PictureQuestion } from './question.ts';
import { type Series, seriesOf } from './series.ts';
import { line, type Paint, sharp, type Shape } from './shapes.ts';
import { toBaseline, write } from './words.ts';

const COLUMNS = ['last', 'min', 'average', 'max'] as const;
const HEADS: Readonly<Record<(typeof COLUMNS)[number], string>> = { last: 'last', min: 'min', average: 'mean', max: 'max' };
const BETWEEN = 18;

/** Rows by name with their figures; columns that have no room go, the last one first. */
export function drawTable(question: PictureQuestion): Shape[] {
  const { options } = question;
  const { look, fontSize, bold } = options;
  const all = seriesOf(question);
  if (all.length === 0) return drawNothing(question);
  const { shapes, box } = heading(options, insideMargins(options));
  const size = fontSize + 1;
  const lineHeight = Math.round(size * 2);
  const lines = Math.max(1, Math.floor(box.height / lineHeight) - 1);
  const shown = all.length <= lines ? all : all.slice(0, Math.max(1, lines - 1));
  const texts = shown.map((series) => COLUMNS.map((column) => figureText(series.figures[column], series.unit)));
  const widths = COLUMNS.map((column, c) => Math.max(textWidth(HEADS[column], size), ...texts.map((row) => textWidth(row[c], size, c === 0))) + BETWEEN);
  let columns = COLUMNS.length;
  const taken = (): number => widths.slice(0, columns).reduce((sum, width) => sum + width, 0);
  while (columns > 1 && box.width - taken() < Math.min(160, box.width / 3)) columns--;
  const nameWidth = Math.max(0, box.width - taken());
  const out: Shape[] = [...shapes];
  const rule = (y: number): void => void out.push(line(box.left, sharp(y), box.left + box.width, sharp(y), { ...look.grid, width: 1 }));
  const base = (row: number): number => box.top + (row + 0.5) * lineHeight + toBaseline(size);
  const rightOf = (c: number): number => box.left + nameWidth + widths.slice(0, c + 1).reduce((sum, width) => sum + width, 0);
  for (let c = 0; c < columns; c++) out.push(write(HEADS[COLUMNS[c]], rightOf(c), base(0), { size, paint: look.dim, anchor: 'end' }));
  for (const [r, series] of shown.entries()) {
    rule(box.top + (r + 1) * lineHeight);
    out.push(write(cutStart(series.name, size, nameWidth, bold), box.left, base(r + 1), { size, paint: look.ink, bold }));
    for (let c = 0; c < columns; c++) {
      out.push(write(texts[r][c], rightOf(c), base(r + 1), { size, paint: paintOf(series, COLUMNS[c]), bold: c === 0, anchor: 'end' }));
    }
  }
  if (shown.length < all.length) {
    rule(box.top + (shown.length + 1) * lineHeight);
    out.push(write(`${all.length - shown.length} more`, box.left, base(shown.length + 1), { size, paint: look.dim }));
  }
  return out;

  function paintOf(series: Series, column: (typeof COLUMNS)[number]): Paint {
    const state = stateOf(series.figures[column], options.limits);
    if (state === 'warn' || state === 'bad') return look.texts[state];
    return state === 'none' ? look.dim : column === 'last' ? look.ink : look.mid;
  }
}
