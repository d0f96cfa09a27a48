import { heading, insideMargins } from './heading.ts';
import type { PictureOptions } from './options.ts';
import { type Box, filled, line, type Paint, sharp, type Shape } from './shapes.ts';
import type { TextBlock } from './text-blocks.ts';
import { linesOf, type Piece } from './text-lines.ts';
import { toBaseline, write } from './words.ts';

/** Sizes of headings, as parts of the text's. */
const HEADINGS = [1.5, 1.3, 1.15, 1, 1, 1];
/** A line's height, what a list stands in, what is before an entry: parts of the size, too. */
const LINE = 1.55;
const INDENT = 1.7;
const CODE_PADDING = 8;

/** A drawn text, and how high all of it is with the margins, pixels. */
export interface DrawnText {
  shapes: Shape[];
  height: number;
}

/** Blocks of text below each other; lines that have no room are left out. */
export function drawText(options: PictureOptions, blocks: readonly TextBlock[]): DrawnText {
  const { look, fontSize, margin } = options;
  const { shapes, box } = heading(options, insideMargins(options));
  const size = fontSize + 1;
  let y = box.top;
  for (const [i, block] of blocks.entries()) {
    if (i > 0) y += spaceBefore(block) * size;
    const left = box.left + block.indent * size * INDENT;
    y += drawBlock(block, { left, top: y, width: Math.max(1, box.left + box.width - left), height: box.top + box.height - y });
  }
  return { shapes, height: Math.ceil(y + margin) };

  /** Answers the block's height. */
  function drawBlock(block: TextBlock, { left, top, width, height: room }: Box): number {
    const { kind, level, marker } = block;
    const own = kind === 'heading' ? size * HEADINGS[level - 1] : size;
    const step = own * LINE;
    if (kind === 'rule') {
      if (step <= room) shapes.push(line(left, sharp(top + step / 2), left + width, sharp(top + step / 2), { ...look.base, width: 1 }));
      return step;
    }
    const padding = kind === 'code' ? CODE_PADDING : 0;
    const lines = linesOf(block, own, Math.max(1, width - 2 * padding));
    const shown = lines.slice(0, Math.max(0, Math.floor((room - 2 * padding + 1) / step)));
    if (padding > 0 && shown.length > 0) shapes.push(filled({ left, top, width, height: shown.length * step + 2 * padding }, look.grid));
    const base = (row: number): number => top + padding + (row + 0.5) * step + toBaseline(own);
    if (marker !== '' && shown.length > 0) shapes.push(write(marker, left - size * 0.5, base(0), { size: own, paint: look.dim, anchor: 'end' }));
    for (const [row, pieces] of shown.entries()) {
      for (const piece of pieces) {
        const bold = kind === 'heading' || piece.look === 'strong';
        shapes.push(write(piece.text, left + padding + piece.left, base(row), { size: own, paint: paintOf(kind, piece), bold }));
      }
    }
    return lines.length * step + 2 * padding;
  }

  function paintOf(kind: TextBlock['kind'], piece: Piece): Paint {
    if (piece.look === 'link') return look.series[0];
    return kind === 'prose' && piece.look === 'plain' ? look.mid : look.ink;
  }
}

function spaceBefore({ kind, marker }: TextBlock): number {
  if (kind === 'heading') return 1;
  return marker === '' ? 0.7 : 0.2;
}
