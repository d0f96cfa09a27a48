import type { FigureName } from '../../core/dashboard.ts';
import { cutStart, cutText, textWidth } from './font.ts';
import { figure } from './figures.ts';
import { heading, insideMargins } from './heading.ts';
import { stateOf } from './limits.ts';
import { linePaths } from './line-path.ts';
import { faint } from './colours.ts';
import { commonEnds } from './names.ts';
import { drawNothing } from './nothing.ts';
import type { PictureQuestion } from './question.ts';
import { runsOf } from './runs.ts';
import { hasValues, type Series, seriesOf } from './series.ts';
import { type Box, line, type Paint, sharp, type Shape } from './shapes.ts';
import { moment } from './time-axis.ts';
import { timeScale } from './time-labels.ts';
import { toBaseline, write } from './words.ts';

const MOST_TILES = 24;
const LEAST_TILE = { width: 130, height: 64 };

/** What the figure of a tile is, said beside its name. */
const FIGURE_WORDS: Readonly<Record<FigureName, string>> = { last: '', average: 'mean', max: 'max', min: 'min', sum: 'sum' };

/** One large figure for each row, how it compares with the begin of the window, and a trend without axes. */
export function drawValues(question: PictureQuestion): Shape[] {
  const { options } = question;
  const all = seriesOf(question);
  if (!all.some(hasValues)) return drawNothing(question);
  const head = heading(options, insideMargins(options));
  const { box } = head;
  const columns = Math.max(1, Math.min(all.length, Math.floor(box.width / LEAST_TILE.width)));
  const rows = Math.max(1, Math.min(Math.ceil(all.length / columns), Math.floor(box.height / LEAST_TILE.height)));
  const shown = all.slice(0, Math.min(MOST_TILES, columns * rows));
  const common = commonEnds(all.map(({ name }) => name));
  const tile = { width: box.width / columns, height: box.height / Math.ceil(shown.length / columns) };
  const shapes: Shape[] = [...head.shapes];
  for (const [i, series] of shown.entries()) {
    const left = box.left + (i % columns) * tile.width;
    const top = box.top + Math.floor(i / columns) * tile.height;
    const padding = columns > 1 ? 14 : 0;
    const inner = { left: left + (i % columns > 0 ? padding : 0), top, width: tile.width - (i % columns > 0 ? padding : 0) - padding, height: tile.height };
    if (i % columns > 0) shapes.push(line(sharp(left), top, sharp(left), top + tile.height - 6, { ...options.look.grid, width: 1 }));
    const rest = i === shown.length - 1 ? all.length - shown.length : 0;
    shapes.push(...drawTile({ ...series, name: common.own(series.name) }, question, inner, rest));
  }
  return shapes;
}

/** Name, figure, comparison and trend, as many of them as have room. `others` were left out after this one. */
function drawTile(series: Series, question: PictureQuestion, box: Box, others: number): Shape[] {
  const { options } = question;
  const { look, fontSize } = options;
  const value = series.figures[options.figure];
  const state = options.limits.length === 0 ? 'ok' : stateOf(value, options.limits);
  const paint = state === 'ok' ? look.ink : look.texts[state];
  const small = fontSize + 1;
  const words = [FIGURE_WORDS[options.figure], others > 0 ? `and ${others} more` : ''].filter((word) => word !== '').join(', ');
  const shapes: Shape[] = [];
  let y = box.top;
  if (box.height >= small * 4) {
    const beside = words === '' ? 0 : textWidth(words, small) + 8;
    const name = cutStart(series.name, small, box.width - beside);
    shapes.push(write(name, box.left, y + small * 0.6 + toBaseline(small), { size: small, paint: look.mid }));
    if (beside > 0 && beside < box.width)
      shapes.push(write(words, box.left + textWidth(name, small) + 8, y + small * 0.6 + toBaseline(small), { size: small, paint: look.dim }));
    y += small * 1.6;
  }
  const { text, unit } = figure(value, series.unit);
  const room = box.top + box.height - y;
  const wanted = Math.min(64, Math.max(fontSize, room * (room > 60 ? 0.36 : 0.6)));
  const wide = textWidth(text, wanted, true) + (unit === '' ? 0 : textWidth(unit, wanted * 0.55) + wanted * 0.2);
  const size = Math.max(4, Math.min(wanted, (wanted * box.width) / Math.max(1, wide)));
  y += size * 1.05;
  shapes.push(write(text, box.left, y, { size, paint, bold: true }));
  if (unit !== '') shapes.push(write(unit, box.left + textWidth(text, size, true) + size * 0.2, y, { size: size * 0.55, paint: look.dim }));
  y += size * 0.3;
  const versus = versusText(series, question);
  if (versus !== '' && box.top + box.height - y > small * 1.6) {
    shapes.push(write(cutText(versus, small, box.width), box.left, y + small * 0.6 + toBaseline(small), { size: small, paint: look.dim }));
    y += small * 1.7;
  }
  const trend = { ...box, top: y + 4, height: box.top + box.height - y - 8 };
  return trend.height >= 12 ? [...shapes, ...drawTrend(series, question, trend, state === 'bad' || state === 'warn' ? look.fills[state] : look.dim)] : shapes;
}

/** How the last value compares with the first one of the window. */
function versusText({ figures: { first, last }, start, step, values }: Series, { options, until, timeZone }: PictureQuestion): string {
  if (options.figure !== 'last' || Number.isNaN(first) || values.length < 2) return '';
  const since = moment(start + step * values.findIndex((value) => !Number.isNaN(value)), timeZone, until);
  if (first === last) return `as at ${since}`;
  if (first === 0) return `from 0 at ${since}`;
  const share = ((last - first) / Math.abs(first)) * 100;
  if (!(Math.abs(share) < 1000)) return `from ${figure(first, 'number').text} at ${since}`;
  return `${share > 0 ? '+' : '−'}${figure(Math.abs(share), 'number', 2).text} % since ${since}`;
}

/** A line and a faint area from 0, without axes. */
function drawTrend(series: Series, question: PictureQuestion, box: Box, paint: Paint): Shape[] {
  const { values, start, step, figures } = series;
  const [low, high] = [Math.min(0, figures.min), Math.max(0, figures.max)];
  const x = timeScale(question, box);
  const height = high - low || 1;
  const y = (value: number): number => box.top + box.height - ((value - low) / height) * (box.height - 2) - 1;
  let [lines, areas] = ['', ''];
  for (const run of runsOf(values, 2)) {
    const found = linePaths(
      { run, values, x: (i) => x(start + i * step), y, within: [box.top, box.top + box.height], staircase: false, column: 1 },
      () => box.top + box.height,
    );
    [lines, areas] = [lines + found.line, areas + found.area];
  }
  return [
    {
      kind: 'clip',
      box,
      shapes: [
        { kind: 'path', d: areas || 'M0 0', fill: faint(paint, 0.08) },
        { kind: 'path', d: lines || 'M0 0', stroke: { ...paint, width: 1.25 } },
      ],
    },
  ];
}
