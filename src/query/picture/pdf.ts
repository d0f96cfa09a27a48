import { FONT_FILES } from './font.ts';
import { boxPath, type Picture, type Shape, type TextShape } from './shapes.ts';

/** Draws a picture as a PDF of one page of its size, in points for pixels. What draws it is loaded with the first one. */
export async function writePdf({ width, height, background, title, shapes }: Picture): Promise<Uint8Array> {
  const { default: PdfDocument } = await import('pdfkit');
  const document = new PdfDocument({ size: [width, height], margin: 0, info: { Title: title, Producer: 'Heed', Creator: 'Heed' } });
  const [regular, bold] = FONT_FILES;
  document.registerFont('regular', regular);
  document.registerFont('bold', bold);
  const parts: Buffer[] = [];
  const written = new Promise<Uint8Array>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  if (background.alpha > 0) document.rect(0, 0, width, height).fillColor(background.colour, background.alpha).fill();
  for (const shape of shapes) drawShape(document, shape);
  document.end();
  return written;
}

function drawShape(document: PDFKit.PDFDocument, shape: Shape): void {
  if (shape.kind === 'text') return drawText(document, shape);
  document.save();
  if (shape.kind === 'clip') {
    document.path(boxPath(shape.box)).clip('non-zero');
    for (const inner of shape.shapes) drawShape(document, inner);
  } else {
    const { d, fill, stroke } = shape;
    if (fill && fill.alpha > 0) document.path(d).fillColor(fill.colour, fill.alpha).fill();
    if (stroke && stroke.width > 0 && stroke.alpha > 0) {
      document.path(d).lineWidth(stroke.width).lineJoin('bevel').strokeColor(stroke.colour, stroke.alpha);
      if (stroke.dashes) document.dash(stroke.dashes[0], { space: stroke.dashes[1] });
      document.stroke();
    }
  }
  document.restore();
}

function drawText(document: PDFKit.PDFDocument, { text, x, y, size, width, bold, paint, anchor, turn }: TextShape): void {
  if (text === '' || paint.alpha === 0) return;
  document.save();
  if (turn !== 0) document.rotate(turn, { origin: [x, y] });
  document.font(bold ? 'bold' : 'regular', size).fillColor(paint.colour, paint.alpha);
  const left = anchor === 'start' ? x : anchor === 'middle' ? x - width / 2 : x - width;
  document.text(text, left, y, { lineBreak: false, baseline: 'alphabetic', features: [] });
  document.restore();
}
