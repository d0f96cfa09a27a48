import { cutText, textWidth } from './font.ts';
import type { PictureOptions } from './options.ts';
import type { Series } from './series.ts';
import { type Box, filled, line, sharp, type Shape } from './shapes.ts';
import { toBaseline, write } from './words.ts';

/** The lane above the plot in which labels of moments stand, so that they never lie on the data. */
export const MARK_LANE = 20;

const LABEL_HEIGHT = 16;
const PADDING = 5;
const MOST_WIDTH = 180;

/** Dashed lines from top to bottom, each with its label where that lies on no other. */
export function drawMarks(marks: readonly Series[], box: Box, x: (time: number) => number, { look, fontSize }: PictureOptions): Shape[] {
  const shapes: Shape[] = [];
  const right = box.left + box.width;
  let free = box.left;
  for (const { name, start, paint } of marks.toSorted((a, b) => a.start - b.start)) {
    const at = sharp(x(start));
    if (at < box.left - 1 || at > right + 1) continue;
    shapes.push(line(at, box.top, at, box.top + box.height, { ...paint, width: 1, dashes: [3, 3] }));
    const label = cutText(name, fontSize, MOST_WIDTH);
    const width = textWidth(label, fontSize) + 2 * PADDING;
    const left = at + width > right ? at - width : at;
    if (left < free || box.top < MARK_LANE) continue;
    free = left + width + 2;
    const middle = box.top - MARK_LANE / 2;
    shapes.push(filled({ left, top: middle - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT }, paint));
    shapes.push(write(label, left + PADDING, middle + toBaseline(fontSize), { size: fontSize, paint: look.background }));
  }
  return shapes;
}
