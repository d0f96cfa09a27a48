/** How far a letter moves the pen, in sizes of the font. */
export type Advances = (codePoint: number) => number;

/** Letters that a table of widths has room for: the basic plane. */
const PLANE = 0x1_0000;

/**
 * Reads how wide the letters of an OpenType font are: `hmtx` by way of `cmap` format 4. Letters that the font lacks are as wide as the one
 * that is drawn in their place.
 * @throws RangeError when the font is cut off
 */
export function readAdvances(font: Uint8Array): Advances {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const entry = 12 + 16 * i;
    tables.set(String.fromCharCode(...font.subarray(entry, entry + 4)), view.getUint32(entry + 8));
  }
  const table = (tag: string): number => {
    const at = tables.get(tag);
    if (at === undefined) throw new RangeError(`the font has no table ${tag}`);
    return at;
  };
  const unitsPerEm = view.getUint16(table('head') + 18);
  const metrics = view.getUint16(table('hhea') + 34);
  const hmtx = table('hmtx');
  const widthOf = (glyph: number): number => view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm;
  const widths = new Float32Array(PLANE).fill(widthOf(0));
  forEachLetter(view, table('cmap'), (letter, glyph) => (widths[letter] = widthOf(glyph)));
  return (codePoint) => widths[codePoint < PLANE ? codePoint : PLANE - 1];
}

function forEachLetter(view: DataView, cmap: number, take: (letter: number, glyph: number) => void): void {
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 4 + 8 * i + 4);
    if (view.getUint16(at) !== 4) continue;
    const segments = view.getUint16(at + 6) / 2;
    const [ends, starts] = [at + 14, at + 16 + 2 * segments];
    const [deltas, offsets] = [starts + 2 * segments, starts + 4 * segments];
    for (let s = 0; s < segments; s++) {
      const start = view.getUint16(starts + 2 * s);
      const end = view.getUint16(ends + 2 * s);
      const delta = view.getUint16(deltas + 2 * s);
      const offset = view.getUint16(offsets + 2 * s);
      for (let letter = start; letter <= end && letter < 0xffff; letter++) {
        const found = offset === 0 ? letter : view.getUint16(offsets + 2 * s + offset + 2 * (letter - start));
        if (found !== 0) take(letter, (found + delta) & 0xffff);
      }
    }
    return;
  }
}
