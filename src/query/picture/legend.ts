import { cutStart, textWidth } from './font.ts';
import { commonEnds } from './names.ts';
import type { PictureOptions } from './options.ts';
import { line, type Paint, type Shape } from './shapes.ts';
import { toBaseline, write } from './words.ts';

export interface LegendEntry {
  name: string;
  /** Figure beside the name; may be empty. */
  value: string;
  /** Said after it, as `right`. */
  note: string;
  paint: Paint;
  dashes?: readonly number[];
  /** A level among series: its name has nothing in common with theirs. */
  level?: boolean;
}

export interface Legend {
  height: number;
  draw(left: number, top: number): Shape[];
}

const KEY = 12;
const GAP = 6;
const BETWEEN = 18;

/**
 * Keys below a chart: in one line where that has room, else in columns. What all names share is said once, and what has no room in
 * `room` pixels is counted.
 */
export function legendOf(entries: readonly LegendEntry[], { look, fontSize, bold }: PictureOptions, width: number, room: number): Legend {
  const size = fontSize + 1;
  const lineHeight = Math.round(size * 1.5);
  const most = Math.floor(room / lineHeight);
  if (entries.length === 0 || most < 1) return { height: 0, draw: () => [] };
  const widthOf = ({ name, value, note }: LegendEntry): number =>
    KEY + GAP + textWidth(name, size, bold) + (value === '' ? 0 : GAP + textWidth(value, size, true)) + (note === '' ? 0 : GAP + textWidth(note, size));
  let shown = entries;
  let head = '';
  if (total(entries.map(widthOf)) > width) {
    const common = commonEnds(entries.filter(({ level }) => !level).map(({ name }) => name));
    head = common.shared;
    shown = entries.map((entry) => (entry.level ? entry : { ...entry, name: common.own(entry.name) }));
  }
  const headWidth = head === '' ? 0 : textWidth(head, size) + BETWEEN;
  const inLine = headWidth + total(shown.map(widthOf)) <= width;
  const widest = Math.min(width + BETWEEN, Math.max(...shown.map(widthOf)) + BETWEEN);
  const columns = Math.max(1, Math.floor((width + BETWEEN) / widest));
  const pitch = (width + BETWEEN) / columns;
  const lines = (head === '' ? 0 : 1) + Math.ceil(shown.length / columns);
  const headLine = !inLine && head !== '' && most > 1 ? 1 : 0;
  const fits = inLine || lines <= most ? shown.length : Math.max(0, (most - headLine) * columns - 1);
  const used = inLine ? 1 : Math.min(most, headLine + Math.ceil((fits + (fits < shown.length ? 1 : 0)) / columns));
  return {
    height: used * lineHeight,
    draw(left, top) {
      const shapes: Shape[] = [];
      const baseline = (row: number): number => top + row * lineHeight + lineHeight / 2 + toBaseline(size);
      if (head !== '' && (inLine || headLine > 0)) shapes.push(write(cutStart(head, size, width), left, baseline(0), { size, paint: look.dim }));
      let x = left + (inLine ? headWidth : 0);
      for (let i = 0; i < fits; i++) {
        const row = inLine ? 0 : headLine + Math.floor(i / columns);
        if (!inLine) x = left + (i % columns) * pitch;
        shapes.push(...entry(shown[i], x, baseline(row), inLine ? Infinity : pitch - BETWEEN + 0.01));
        x += widthOf(shown[i]) + BETWEEN;
      }
      if (fits < shown.length) {
        const row = headLine + Math.floor(fits / columns);
        shapes.push(write(`${shown.length - fits} more`, left + (fits % columns) * pitch + KEY + GAP, baseline(row), { size, paint: look.dim }));
      }
      return shapes;
    },
  };

  function entry(one: LegendEntry, left: number, y: number, space: number): Shape[] {
    const beside = widthOf({ ...one, name: '' });
    const name = cutStart(one.name, size, space - beside, bold);
    const middle = y - toBaseline(size);
    let x = left + KEY + GAP;
    const shapes: Shape[] = [
      line(left, middle, left + KEY, middle, { ...one.paint, width: 3, dashes: one.dashes && [4, 2] }),
      write(name, x, y, { size, paint: look.mid, bold }),
    ];
    x += textWidth(name, size, bold) + GAP;
    if (one.value !== '') {
      shapes.push(write(one.value, x, y, { size, paint: look.ink, bold: true }));
      x += textWidth(one.value, size, true) + GAP;
    }
    if (one.note !== '') shapes.push(write(one.note, x, y, { size, paint: look.dim }));
    return shapes;
  }
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + BETWEEN * (widths.length - 1);
}
