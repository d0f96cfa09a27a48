import { FAMILY } from './font.ts';
import { boxPath, type Paint, type Picture, place, type Shape, type Stroke, type TextShape } from './shapes.ts';

/** Fonts that stand in where ours is not there; texts are given the width that they were laid out for. */
const FALLBACKS = 'system-ui, -apple-system, &quot;Segoe UI&quot;, Roboto, sans-serif';

/**
 * What draws PNG ends the whole process when all that it is to clip lies far beyond the picture: something that nobody sees is always in the
 * corner.
 */
const IN_SIGHT = '<path d="M0 0H1V1H0Z" fill="#000000" fill-opacity="0.001"/>';

/**
 * Writes a picture as SVG. `spread` fits texts to their widths, for readers with other fonts; without it the font is taken to be there.
 */
export function writeSvg({ width, height, background, title, shapes }: Picture, spread: boolean): string {
  const clips: string[] = [];
  const body = shapes.map((shape) => writeShape(shape, clips, spread)).join('\n');
  const family = spread ? `${FAMILY}, ${FALLBACKS}` : FAMILY;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${family}">`,
    `<title>${escapeXml(title)}</title>`,
    ...(clips.length > 0 ? [`<defs>${clips.join('')}</defs>`] : []),
    ...(background.alpha > 0 ? [`<rect width="${width}" height="${height}" ${fillOf(background)}/>`] : []),
    body,
    '</svg>\n',
  ].join('\n');
}

/** A text inside an element or an attribute. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

function writeShape(shape: Shape, clips: string[], spread: boolean): string {
  if (shape.kind === 'text') return writeText(shape, spread);
  if (shape.kind === 'path') return `<path d="${shape.d}" ${shape.fill ? fillOf(shape.fill) : 'fill="none"'}${shape.stroke ? strokeOf(shape.stroke) : ''}/>`;
  const id = `c${clips.length}`;
  clips.push(`<clipPath id="${id}"><path d="${boxPath(shape.box)}"/></clipPath>`);
  return `<g clip-path="url(#${id})">${spread ? '' : IN_SIGHT}${shape.shapes.map((inner) => writeShape(inner, clips, spread)).join('')}</g>`;
}

function writeText({ text, x, y, size, width, bold, paint, anchor, turn }: TextShape, spread: boolean): string {
  if (text === '') return '';
  const fit = spread && width > 0 ? ` textLength="${place(width)}" lengthAdjust="spacingAndGlyphs"` : '';
  const at = turn === 0 ? '' : ` transform="rotate(${turn} ${place(x)} ${place(y)})"`;
  const weight = bold ? ' font-weight="600"' : '';
  const stand = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${place(x)}" y="${place(y)}" font-size="${place(size)}"${weight}${stand}${fit}${at} ${fillOf(paint)}>${escapeXml(text)}</text>`;
}

function fillOf({ colour, alpha }: Paint): string {
  return `fill="${colour}"${alpha < 1 ? ` fill-opacity="${share(alpha)}"` : ''}`;
}

function strokeOf({ colour, alpha, width, dashes }: Stroke): string {
  const opacity = alpha < 1 ? ` stroke-opacity="${share(alpha)}"` : '';
  const dash = dashes ? ` stroke-dasharray="${dashes.map(place).join(' ')}"` : '';
  return ` stroke="${colour}" stroke-width="${place(width)}" stroke-linejoin="bevel"${opacity}${dash}`;
}

const share = (alpha: number): string => String(Math.round(alpha * 1000) / 1000);
