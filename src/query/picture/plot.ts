import { cutText, textWidth } from './font.ts';
import type { PictureOptions } from './options.ts';
import { type Box, line, sharp, type Shape } from './shapes.ts';
import { timeLabels, timeLabelsHeight, type TimeWindow } from './time-labels.ts';
import type { ValueAxis } from './value-axis.ts';
import { toBaseline, write } from './words.ts';

/** The rectangle of a chart's values, and everything around it. */
export interface Plot {
  box: Box;
  /** Lines of the grid, beneath the values. */
  under: Shape[];
  /** Labels and the base line. */
  over: Shape[];
  left?: ValueAxis;
  right?: ValueAxis;
}

export interface PlotQuestion {
  options: PictureOptions;
  /** What title and legend leave. */
  box: Box;
  window: TimeWindow;
  /** Pixels that stay free above the values. */
  lane: number;
  /** Makes the axes for a height, in pixels. */
  axes: (height: number) => { left?: ValueAxis; right?: ValueAxis };
}

/** Less is no chart: axes give way. */
const LEAST_HEIGHT = 30;
const LEAST_WIDTH = 60;
/** Between labels and values. */
const APART = 8;

/** Lays out a chart's axes: labels are as wide as they are, and the values have the rest. */
export function plotOf({ options, box, window, lane, axes }: PlotQuestion): Plot {
  const { fontSize, bold, look, vtitle, vtitleRight } = options;
  const below = options.hideXAxis || box.height < LEAST_HEIGHT + timeLabelsHeight(fontSize) ? 0 : timeLabelsHeight(fontSize);
  const above = Math.max(lane, options.hideYAxis ? 0 : Math.ceil(fontSize / 2));
  const height = Math.max(1, box.height - below - above);
  const { left, right } = axes(height);
  const widthOf = (axis: ValueAxis | undefined): number =>
    axis === undefined || options.hideYAxis ? 0 : Math.max(0, ...axis.ticks.map(({ label }) => textWidth(label, fontSize, bold))) + APART;
  const titled = (text: string): number => (text === '' ? 0 : Math.round(fontSize * 1.6));
  let [before, after] = [titled(vtitle) + widthOf(left), titled(vtitleRight) + widthOf(right)];
  const narrow = box.width - before - after < LEAST_WIDTH;
  if (narrow) [before, after] = [0, 0];
  const inner = { left: box.left + before, top: box.top + above, width: Math.max(1, box.width - before - after), height };
  const under: Shape[] = [];
  const over: Shape[] = [];
  const bottom = inner.top + inner.height;
  const across = (y: number, paint: typeof look.grid): Shape => line(inner.left, sharp(y), inner.left + inner.width, sharp(y), { ...paint, width: 1 });
  const yOf = (axis: ValueAxis, value: number): number => bottom - axis.scale(value) * inner.height;
  const side = (axis: ValueAxis, isLeft: boolean): void => {
    for (const [i, { value, label }] of axis.ticks.entries()) {
      const y = yOf(axis, value);
      if (y < inner.top - 1 || y > bottom + 1) continue;
      if (!options.hideGrid && isLeft) {
        under.push(across(y, look.grid));
        const next = axis.ticks[i + 1];
        const finer = next === undefined ? 0 : options.minorY;
        for (let k = 1; k <= finer; k++) under.push(across(y + ((yOf(axis, next.value) - y) * k) / (finer + 1), look.minor));
      }
      if (options.hideYAxis || narrow) continue;
      const x = isLeft ? inner.left - APART : inner.left + inner.width + APART;
      over.push(write(label, x, y + toBaseline(fontSize), { size: fontSize, paint: look.dim, bold, anchor: isLeft ? 'end' : 'start' }));
    }
  };
  if (left) side(left, true);
  if (right) side(right, left === undefined);
  if (!options.hideXAxis) over.push(across(bottom, look.base));
  if (below > 0) over.push(...timeLabels(window, inner, options));
  const sideways = (text: string, x: number, turn: 90 | -90): void => {
    if (text === '' || narrow) return;
    const shown = cutText(text, fontSize, inner.height + above + below, bold);
    over.push(write(shown, x, inner.top + inner.height / 2, { size: fontSize, paint: look.dim, bold, anchor: 'middle', turn }));
  };
  sideways(vtitle, box.left + fontSize * 0.8, -90);
  sideways(vtitleRight, box.left + box.width - fontSize * 0.8, 90);
  return { box: inner, under, over, left, right };
}
