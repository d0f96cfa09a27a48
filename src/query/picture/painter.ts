import { Resvg } from '@resvg/resvg-js';
import { FAMILY, FONT_FILES } from './font.ts';
import type { PaintAnswer, PaintQuestion } from './png.ts';

/** A process that makes PNGs of SVG texts, one after another; it ends when its parent does. */
process.on('message', (message) => {
  const { id, svg } = message as PaintQuestion;
  process.send?.({ id, png: paint(svg) } satisfies PaintAnswer);
});
process.on('disconnect', () => process.exit());

function paint(svg: string): Uint8Array | null {
  try {
    const drawn = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [...FONT_FILES], defaultFontFamily: FAMILY }, logLevel: 'off' });
    return drawn.render().asPng();
  } catch {
    return null;
  }
}
