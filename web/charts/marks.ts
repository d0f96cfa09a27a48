import type uPlot from 'uplot';
import type { Mark } from '../state/marks.ts';
import type { PlotState } from './plot.ts';

/** The lane above the plot in which labels stand, so that they never lie on the data. */
export const MARK_LANE = 20;

const FONT_SIZE = 11;
const LABEL_HEIGHT = 16;
const PADDING = 5;
const MOST_LETTERS = 28;

/** A label's place in the lane, from its line to the right, or to the left where there is no room; undefined when it would lie on another one. */
export function placeLabel(at: number, width: number, lane: { left: number; right: number }): { left: number; right: number } | undefined {
  const toLeft = at + width > lane.right;
  const left = toLeft ? at - width : at;
  return left < lane.left ? undefined : { left, right: left + width };
}

/** A label that is not too long for a lane that it shares. */
export function labelText(text: string): string {
  const letters = Array.from(text);
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : text;
}

/** How far from a mark the cursor tells of it, pixels. */
const NEAR = 6;

/** Marks beside a place in the plot. */
export function marksNear(plot: uPlot, marks: readonly Mark[], left: number): readonly Mark[] {
  return inWindow(plot, marks).filter(({ time }) => Math.abs(plot.valToPos(time, 'x') - left) <= NEAR);
}

/** Dashed lines from top to bottom, each with its label where there is room and the look wants them. */
export function drawMarks(plot: uPlot, state: PlotState): void {
  const { marks, colours, look } = state;
  state.labels = [];
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${FONT_SIZE * ratio}px ${colours.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = ratio;
  ctx.strokeStyle = colours.marker;
  let free = bbox.left;
  for (const mark of inWindow(plot, marks)) {
    const { time, text } = mark;
    const at = Math.round(plot.valToPos(time, 'x', true));
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    if (!look.labels) continue;
    const label = labelText(text);
    const place = placeLabel(at, ctx.measureText(label).width + 2 * PADDING * ratio, { left: free, right: bbox.left + bbox.width });
    if (!place) continue;
    free = place.right + 2 * ratio;
    state.labels.push({ left: place.left / ratio, right: place.right / ratio, mark });
    const middle = bbox.top - (MARK_LANE / 2) * ratio;
    ctx.fillStyle = colours.marker;
    ctx.fillRect(place.left, middle - (LABEL_HEIGHT / 2) * ratio, place.right - place.left, LABEL_HEIGHT * ratio);
    ctx.fillStyle = colours.surface;
    ctx.fillText(label, place.left + PADDING * ratio, middle + ratio / 2);
  }
  ctx.restore();
}

function inWindow(plot: uPlot, marks: readonly Mark[]): readonly Mark[] {
  const { min = 0, max = 0 } = plot.scales.x;
  return marks.filter(({ time }) => time >= min && time <= max);
}
