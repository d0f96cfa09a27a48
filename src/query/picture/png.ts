import { FAMILY, FONT_FILES } from './font.ts';
import type { Picture } from './shapes.ts';
import { writeSvg } from './svg.ts';

/** Draws a picture as PNG. What draws it is loaded with the first one: few servers are asked for any. */
export async function writePng(picture: Picture): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const drawn = new Resvg(writeSvg(picture, false), {
    font: { loadSystemFonts: false, fontFiles: [...FONT_FILES], defaultFontFamily: FAMILY },
    logLevel: 'off',
  });
  return drawn.render().asPng();
}
