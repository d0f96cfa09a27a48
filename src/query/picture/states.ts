import { cutStart, textWidth } from './font.ts';
import { heading, insideMargins } from './heading.ts';
import { stateOf } from './limits.ts';
import type { State } from './looks.ts';
import { commonEnds } from './names.ts';
import { drawNothing } from './nothing.ts';
import type { PictureQuestion } from './question.ts';
import { seriesOf } from './series.ts';
import { boxPath, type Shape } from './shapes.ts';
import { inSlots, type Slots, slotsFor } from './slots.ts';
import { timeLabels, timeLabelsHeight } from './time-labels.ts';
import { toBaseline, write } from './words.ts';

/** How high a slot's bar is, by its state: height says it as well as colour. */
const HEIGHTS: Readonly<Record<State, number>> = { ok: 0.5, warn: 0.75, bad: 1, none: 0.1 };
const ORDER = ['none', 'ok', 'warn', 'bad'] as const;
const LEAST_SLOT = 8;
const MOST_ROW = 26;
const LEAST_ROW = 10;

/** A strip of states for each row, by the limits; the worst of a slot counts. */
export function drawStates(question: PictureQuestion): Shape[] {
  const { options, from, until } = question;
  const { look, fontSize, bold } = options;
  const all = seriesOf(question);
  if (all.length === 0) return drawNothing(question);
  const head = heading(options, insideMargins(options));
  const below = options.hideXAxis || head.box.height < 60 ? 0 : timeLabelsHeight(fontSize);
  const room = head.box.height - below;
  const shown = all.slice(0, Math.max(1, Math.floor(room / LEAST_ROW) - (all.length * LEAST_ROW > room ? 2 : 0)));
  const size = fontSize + 1;
  const rowHeight = Math.min(MOST_ROW, (room - (shown.length < all.length ? size * 1.6 : 0)) / shown.length);
  const common = commonEnds(shown.map(({ name }) => name));
  const names = shown.map(({ name }) => cutStart(common.own(name), size, head.box.width * 0.35, bold));
  const labelWidth = options.hideYAxis ? 0 : Math.max(...names.map((name) => textWidth(name, size, bold))) + 12;
  const box = { ...head.box, left: head.box.left + labelWidth, width: Math.max(1, head.box.width - labelWidth), height: rowHeight * shown.length };
  const slots = slotsFor(shown, from, until, box.width, LEAST_SLOT);
  const width = (slots.step / (until - from)) * box.width;
  const gap = Math.min(2, width / 4);
  const paths: Record<State, string> = { ok: '', warn: '', bad: '', none: '' };
  for (const [r, series] of shown.entries()) {
    const bottom = box.top + (r + 1) * rowHeight - rowHeight * 0.2;
    const states = inSlots({ ...series, values: series.values.map((value) => ORDER.indexOf(stateOf(value, options.limits)) || NaN) }, slots, Math.max);
    for (const [i, found] of states.entries()) {
      const state = ORDER[Number.isNaN(found) ? 0 : found];
      const height = Math.max(1, rowHeight * 0.68 * HEIGHTS[state]);
      paths[state] += boxPath({ left: leftOf(slots, i), top: bottom - height, width: width - gap, height });
    }
  }
  const shapes: Shape[] = [...head.shapes];
  const bars = ORDER.filter((state) => paths[state] !== '').map((state): Shape => ({ kind: 'path', d: paths[state], fill: look.fills[state] }));
  shapes.push({ kind: 'clip', box, shapes: bars });
  if (labelWidth > 0 && rowHeight >= size)
    for (const [r, name] of names.entries()) {
      const middle = box.top + (r + 1) * rowHeight - rowHeight * 0.54;
      shapes.push(write(name, head.box.left, middle + toBaseline(size), { size, paint: look.mid, bold }));
    }
  if (below > 0) shapes.push(...timeLabels(question, box, options));
  if (shown.length < all.length) {
    const text = `${all.length - shown.length} more have no room`;
    shapes.push(write(text, head.box.left, head.box.top + head.box.height - 2, { size: fontSize, paint: look.dim }));
  }
  return shapes;

  function leftOf({ start, step }: Slots, i: number): number {
    return box.left + ((start + i * step - from) / (until - from)) * box.width;
  }
}
