import { readColours } from './colours.ts';
import type { Line } from './rows.ts';

/** Draws title, charts and their keys onto one picture and saves it as a PNG in the present light or dark. */
export async function savePicture(canvases: readonly HTMLCanvasElement[], title: string, meta: string, lines: readonly Line[]): Promise<void> {
  const colours = readColours();
  const ratio = devicePixelRatio;
  const width = Math.max(...canvases.map((canvas) => canvas.width));
  const head = 44 * ratio;
  const keyHeight = 20 * ratio;
  const keys = lines.slice(0, 8);
  const picture = document.createElement('canvas');
  picture.width = width + 16 * ratio;
  picture.height = head + canvases.reduce((sum, canvas) => sum + canvas.height, 0) + keys.length * keyHeight + 16 * ratio;
  const ctx = picture.getContext('2d') as CanvasRenderingContext2D;
  const write = (text: string, x: number, y: number, colour: string, font: string): number => {
    ctx.font = `${font} ${colours.font}`;
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
    return ctx.measureText(text).width;
  };
  ctx.fillStyle = colours.surface;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.textBaseline = 'middle';
  const titleWidth = write(title, 16 * ratio, 22 * ratio, colours.ink, `600 ${13 * ratio}px`);
  write(meta, 16 * ratio + titleWidth + 12 * ratio, 22 * ratio, colours.dim, `${12 * ratio}px`);
  let top = head;
  for (const canvas of canvases) {
    ctx.drawImage(canvas, 0, top);
    top += canvas.height;
  }
  for (const line of keys) {
    top += keyHeight;
    ctx.fillStyle = line.colour < 0 ? colours.grey : colours.series[line.colour];
    ctx.fillRect(58 * ratio, top - 1.5 * ratio, 12 * ratio, 3 * ratio);
    write(line.row.name, 78 * ratio, top, colours.ink, `${12 * ratio}px`);
  }
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  if (!blob) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${title.replace(/[^\w.-]+/g, '-').slice(0, 80)}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
