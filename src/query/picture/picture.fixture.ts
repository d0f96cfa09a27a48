import type { Row } from '../../core/frame.ts';
import type { RenderParams } from '../request.ts';
import { drawPicture } from './draw.ts';
import { readPicture } from './options.ts';
import type { Picture } from './shapes.ts';
import { writeSvg } from './svg.ts';

export const UNTIL = Date.UTC(2026, 10, 22, 14, 30);
export const FROM = UNTIL - 3 * 3_600_000;

/** A row of minutes that ends with the window. */
export function row(name: string, values: readonly number[], given: Partial<Row> = {}): Row {
  const step = 60_000;
  return {
    name,
    path: name,
    tags: { name },
    start: UNTIL - values.length * step,
    step,
    values: Float64Array.from(values),
    consolidate: 'average',
    xFilesFactor: 0,
    ...given,
  };
}

/** The picture of three hours that parameters and rows make. */
export function pictureOf(params: RenderParams, rows: readonly Row[]): Picture {
  const options = readPicture(params);
  return drawPicture({ options, rows, kinds: new Map(), targets: ['a.*'], from: FROM, until: UNTIL, timeZone: 'UTC' });
}

export const svgOf = (params: RenderParams, rows: readonly Row[]): string => writeSvg(pictureOf(params, rows), true);
