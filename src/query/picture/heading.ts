import { cutText } from './font.ts';
import type { PictureOptions } from './options.ts';
import type { Box, Shape } from './shapes.ts';
import { toBaseline, write } from './words.ts';

/** The whole picture inside its margins. */
export function insideMargins({ width, height, margin }: PictureOptions): Box {
  const [x, y] = [Math.min(margin, Math.max(0, (width - 1) / 2)), Math.min(margin, Math.max(0, (height - 1) / 2))];
  return { left: x, top: y, width: width - 2 * x, height: height - 2 * y };
}

/** The title over a picture, and what it leaves of the box. */
export function heading({ title, fontSize, look }: PictureOptions, box: Box): { shapes: Shape[]; box: Box } {
  const size = fontSize + 2;
  const height = Math.round(size * 1.75);
  if (title === '' || box.height < height * 2) return { shapes: [], box };
  const text = cutText(title, size, box.width, true);
  const shape = write(text, box.left, box.top + size / 2 + toBaseline(size), { size, paint: look.ink, bold: true });
  return { shapes: [shape], box: { ...box, top: box.top + height, height: box.height - height } };
}
