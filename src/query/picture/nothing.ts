import { cutText } from './font.ts';
import { heading, insideMargins } from './heading.ts';
import type { PictureQuestion } from './question.ts';
import type { Shape } from './shapes.ts';
import { moment } from './time-axis.ts';
import { oneLine, toBaseline, write } from './words.ts';

/** A picture without data says so: what was asked for, and of when. */
export function drawNothing({ options, targets, rows, from, until, timeZone }: PictureQuestion): Shape[] {
  const { look, fontSize } = options;
  const { shapes, box } = heading(options, insideMargins(options));
  const asked = targets.length === 0 ? 'no target was given' : `no data for ${targets.map(oneLine).join(', ')}`;
  const why = rows.length === 0 ? 'no series matches' : `${rows.length === 1 ? 'the series has' : 'the series have'} no values`;
  const lines: [text: string, size: number, bold: boolean][] = [
    [asked, fontSize + 1, true],
    [targets.length === 0 ? 'write target=…' : `${why}, ${moment(from, timeZone)} to ${moment(until, timeZone, from)}`, fontSize, false],
  ];
  const step = fontSize * 1.8;
  const shown = lines.slice(0, Math.max(1, Math.floor(box.height / step)));
  let y = box.top + box.height / 2 - ((shown.length - 1) * step) / 2;
  for (const [text, size, bold] of shown) {
    const cut = cutText(text, size, box.width, bold);
    shapes.push(write(cut, box.left + box.width / 2, y + toBaseline(size), { size, bold, paint: bold ? look.ink : look.dim, anchor: 'middle' }));
    y += step;
  }
  return shapes;
}
