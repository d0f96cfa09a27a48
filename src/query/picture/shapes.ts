/** A colour `#rrggbb`, and how opaque it is, 0 to 1. */
export interface Paint {
  colour: string;
  alpha: number;
}

export interface Stroke extends Paint {
  /** Pixels. */
  width: number;
  /** Lengths of dashes and gaps, pixels. */
  dashes?: readonly number[];
}

/** A line, an area or both. `d` is a path as SVG writes it, absolute commands only. */
export interface PathShape {
  kind: 'path';
  d: string;
  fill?: Paint;
  stroke?: Stroke;
}

export interface TextShape {
  kind: 'text';
  text: string;
  /** Where its anchor stands: `x` by `anchor`, `y` is the baseline. */
  x: number;
  y: number;
  /** Height of the letters' box and the text's width in it, pixels. */
  size: number;
  width: number;
  bold: boolean;
  paint: Paint;
  anchor: 'start' | 'middle' | 'end';
  /** Degrees clockwise around the anchor. */
  turn: 0 | 90 | -90;
}

/** What lies inside a rectangle of other shapes; the rest of them is cut off. */
export interface ClipShape {
  kind: 'clip';
  box: Box;
  shapes: Shape[];
}

export type Shape = PathShape | TextShape | ClipShape;

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Everything that is drawn, first things lowest. */
export interface Picture {
  width: number;
  height: number;
  background: Paint;
  /** What it shows, for those who cannot see it. */
  title: string;
  shapes: Shape[];
}

/** Further away nothing is seen, and numbers would be written with exponents. */
const FAR = 100_000;

/** A coordinate as paths have it: a tenth of a pixel. */
export function place(value: number): string {
  return String(Math.round(Math.max(-FAR, Math.min(FAR, value)) * 10) / 10);
}

/** The path of a rectangle. */
export function boxPath({ left, top, width, height }: Box): string {
  return `M${place(left)} ${place(top)}H${place(left + width)}V${place(top + height)}H${place(left)}Z`;
}

/** A filled rectangle. */
export function filled(box: Box, fill: Paint): PathShape {
  return { kind: 'path', d: boxPath(box), fill };
}

/** A straight line; at half pixels one of 1 px is sharp. */
export function line(x1: number, y1: number, x2: number, y2: number, stroke: Stroke): PathShape {
  return { kind: 'path', d: `M${place(x1)} ${place(y1)}L${place(x2)} ${place(y2)}`, stroke };
}

/** The middle of the pixel that holds a coordinate. */
export const sharp = (value: number): number => Math.floor(value) + 0.5;
