import { faint } from './colours.ts';
import { figureText } from './figures.ts';
import { heading, insideMargins } from './heading.ts';
import { type LegendEntry, legendOf } from './legend.ts';
import { drawMarks, MARK_LANE } from './marks.ts';
import { drawNothing } from './nothing.ts';
import { plotOf } from './plot.ts';
import type { PictureQuestion } from './question.ts';
import { hasValues, isMark, MOST_SERIES, type Series, seriesOf } from './series.ts';
import { columnFor, drawSeries, drawSilences } from './series-shapes.ts';
import { line, sharp, type Shape } from './shapes.ts';
import { stackUp } from './stack.ts';
import { timeScale } from './time-labels.ts';
import { sharedUnit, type Unit } from './units.ts';
import { type ValueAxis, valueAxis } from './value-axis.ts';

/** Lines and areas over time: Graphite's own picture. */
export function drawLines(question: PictureQuestion): Shape[] {
  const { options } = question;
  const all = seriesOf(question);
  const series = stackUp(
    all.filter((one) => !isMark(one)),
    options.areaMode === 'stacked',
  );
  const marks = all.filter(isMark);
  if (!series.some(hasValues)) return drawNothing(question);
  const head = heading(options, insideMargins(options));
  const units = { left: unitOf(series, false), right: unitOf(series, true) };
  const entries = options.hideLegend ? [] : entriesOf(series, question, units);
  const legend = legendOf(entries, options, head.box.width, Math.max(0, Math.min(head.box.height * 0.4, head.box.height - 90)));
  const gap = legend.height === 0 ? 0 : options.fontSize * 0.8;
  const box = { ...head.box, height: head.box.height - legend.height - gap };
  const plot = plotOf({
    options,
    box,
    window: question,
    lane: marks.length > 0 && box.height > 80 ? MARK_LANE : 0,
    axes: (height) => ({ left: axisOf(series, question, units.left, false, height), right: axisOf(series, question, units.right, true, height) }),
  });
  const { left, right } = plot;
  const x = timeScale(question, plot.box);
  const first = series.findIndex((one) => !one.drawing.infinite && !one.drawing.hidden);
  const places = series.map((one, i) => {
    const axis = (one.drawing.secondAxis ? right : left) as ValueAxis;
    return { series: one, box: plot.box, axis, x, area: areaOf(one, question, i === first, series.length === 1), options };
  });
  const column = columnFor(places);
  const lines = places.flatMap((place) => drawSeries(place, column));
  return [
    ...head.shapes,
    ...plot.under,
    ...(options.drawNullAsZero || options.lineMode === 'connected' ? [] : drawSilences(series, plot.box, x, options)),
    { kind: 'clip', box: plot.box, shapes: [...lines.filter(isArea), ...lines.filter((shape) => !isArea(shape)), ...limitLines()] },
    ...plot.over,
    ...drawMarks(marks, plot.box, x, options),
    ...legend.draw(head.box.left, head.box.top + head.box.height - legend.height),
  ];

  function limitLines(): Shape[] {
    if (!left) return [];
    return options.limits.flatMap(({ value, state }) => {
      const share = left.scale(value);
      if (!(share >= 0 && share <= 1)) return [];
      const y = sharp(plot.box.top + (1 - share) * plot.box.height);
      return line(plot.box.left, y, plot.box.left + plot.box.width, y, { ...options.look.fills[state], width: 1, dashes: [4, 3] });
    });
  }
}

const isArea = (shape: Shape): boolean => shape.kind === 'path' && shape.stroke === undefined;

function unitOf(series: readonly Series[], right: boolean): Unit {
  return sharedUnit(series.filter((one) => (one.drawing.secondAxis ?? false) === right && !one.drawing.infinite && hasValues(one)).map(({ unit }) => unit));
}

/** Opacity of the area of a series; 0 is none. */
function areaOf({ base, drawing }: Series, { options }: PictureQuestion, isFirst: boolean, isOnly: boolean): number {
  const { areaMode, areaAlpha } = options;
  if (drawing.infinite || drawing.hidden) return 0;
  if (base !== undefined) return areaAlpha ?? 0.25;
  if (areaMode === 'all' || (areaMode === 'first' && isFirst)) return areaAlpha ?? 0.25;
  return areaMode === undefined && isOnly ? (areaAlpha ?? 0.1) : 0;
}

function axisOf(series: readonly Series[], { options }: PictureQuestion, unit: Unit, isRight: boolean, height: number): ValueAxis | undefined {
  let [low, high, some] = [Infinity, -Infinity, false];
  for (const { values, drawing } of series) {
    if ((drawing.secondAxis ?? false) !== isRight) continue;
    some = true;
    if (drawing.infinite) continue;
    for (const value of values) {
      if (Number.isNaN(value) || (value <= 0 && options.left.logBase !== undefined)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!some) return undefined;
  if (!isRight) {
    for (const { value } of options.limits) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return valueAxis(low, high, unit, isRight ? options.right : options.left, Math.max(1.2, Math.min(5.5, height / (options.fontSize * 2.6))));
}

/** Keys of the series, each with its last value, and of the limits. */
function entriesOf(series: readonly Series[], { options, rows }: PictureQuestion, units: { left: Unit; right: Unit }): LegendEntry[] {
  const entries: LegendEntry[] = [];
  const names = new Set<string>();
  const both = series.some(({ drawing }) => drawing.secondAxis) && series.some(({ drawing }) => !drawing.secondAxis);
  for (const { name, paint, drawing, figures, unit } of series) {
    if (drawing.hidden || (options.uniqueLegend && names.has(name))) continue;
    names.add(name);
    const own = options.unit ?? (drawing.secondAxis ? units.right : units.left);
    const value = drawing.infinite ? '' : Number.isNaN(figures.last) ? 'no data' : figureText(figures.last, own === 'number' ? unit : own);
    const dashed = drawing.dashes !== undefined || (drawing.secondAxis ? options.right.dashed : options.left.dashed);
    entries.push({ name, value, note: both && drawing.secondAxis ? 'right' : '', paint: faint(paint, drawing.alpha ?? 1), ...(dashed && { dashes: [4, 2] }) });
  }
  const missing = rows.length - MOST_SERIES;
  if (missing > 0)
    entries.unshift({ name: `${missing} of ${rows.length} series are not drawn`, value: '', note: '', paint: faint(options.look.dim, 0), level: true });
  for (const { value, state, below } of options.limits)
    entries.push({
      name: below ? 'at least' : 'limit',
      value: figureText(value, units.left),
      note: '',
      paint: options.look.fills[state],
      dashes: [4, 2],
      level: true,
    });
  return entries;
}
