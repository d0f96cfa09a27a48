import { MOST_PIXELS, type PictureFormat } from './options.ts';
import { drawHeatmap } from './heatmap.ts';
import { drawLines } from './line-chart.ts';
import { writePdf } from './pdf.ts';
import { drawPie } from './pie.ts';
import { writePng } from './png.ts';
import type { PictureQuestion } from './question.ts';
import type { Picture, Shape } from './shapes.ts';
import { drawStates } from './states.ts';
import { writeSvg } from './svg.ts';
import { drawTable } from './table.ts';
import { drawText } from './text.ts';
import { drawValues } from './value.ts';
import { oneLine } from './words.ts';

const KINDS: Record<Exclude<PictureQuestion['options']['type'], 'text'>, (question: PictureQuestion) => Shape[]> = {
  line: drawLines,
  pie: drawPie,
  heatmap: drawHeatmap,
  states: drawStates,
  value: drawValues,
  table: drawTable,
};

/** Draws rows as parameters ask for. @throws HeedError `bad_colour` for what a function was given */
export function drawPicture(question: PictureQuestion): Picture {
  const { options, targets, blocks = [] } = question;
  const { type, width, height, look } = options;
  const title = options.title === '' ? oneLine(targets.join(', ')) : options.title;
  if (type === 'text') {
    const drawn = drawText({ ...options, height: height || MOST_PIXELS }, blocks);
    return { width, height: height || Math.min(drawn.height, MOST_PIXELS), background: look.background, title, shapes: drawn.shapes };
  }
  return { width, height, background: look.background, title, shapes: KINDS[type](question) };
}

/** Content types of pictures. */
export const PICTURE_TYPES: Readonly<Record<PictureFormat, string>> = { png: 'image/png', svg: 'image/svg+xml', pdf: 'application/pdf' };

/** A picture as bytes that nothing else shares. */
export async function writePicture(picture: Picture, format: PictureFormat): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'svg') return new TextEncoder().encode(writeSvg(picture, true));
  const bytes = format === 'png' ? await writePng(picture) : await writePdf(picture);
  return Uint8Array.from(bytes);
}
