import { textWidth } from './font.ts';
import type { PictureOptions } from './options.ts';
import type { Box, Shape } from './shapes.ts';
import { timeTicks } from './time-axis.ts';
import { oneLine, toBaseline, write } from './words.ts';

export interface TimeWindow {
  from: number;
  until: number;
  timeZone: string;
}

/** Where a time stands in a box, pixels; never further away than the box is wide. */
export function timeScale({ from, until }: TimeWindow, { left, width }: Box): (time: number) => number {
  return (time) => left + Math.max(-1, Math.min(2, (time - from) / (until - from))) * width;
}

/** Height that labels of times take below a chart. */
export const timeLabelsHeight = (fontSize: number): number => Math.round(fontSize * 1.9);

/** Labels below a box, each under its time, none over another or beyond the picture. */
export function timeLabels(window: TimeWindow, box: Box, { width, fontSize, bold, look, xFormat }: PictureOptions): Shape[] {
  const { from, until, timeZone } = window;
  const most = Math.max(2, Math.min(12, Math.floor(box.width / (fontSize * 8))));
  const y = box.top + box.height + fontSize * 1.05 + toBaseline(fontSize);
  const at = timeScale(window, box);
  const shapes: Shape[] = [];
  let free = Math.min(box.left, 4) - fontSize;
  for (const tick of timeTicks(from, until, most, timeZone, xFormat)) {
    const label = oneLine(tick.label);
    const half = textWidth(label, fontSize, bold) / 2;
    // The first and the last move in where they would be cut.
    const x = Math.max(2 + half, Math.min(width - 2 - half, at(tick.time)));
    if (Math.abs(x - at(tick.time)) > half || x - half < free + fontSize || 2 * half > width) continue;
    free = x + half;
    shapes.push(write(label, x, y, { size: fontSize, paint: look.dim, bold, anchor: 'middle' }));
  }
  return shapes;
}
