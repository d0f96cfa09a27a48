import uPlot from 'uplot';
import type { Mark } from '../state/marks.ts';
import type { Unit } from '../words/number.ts';
import { faint, type Colours } from './colours.ts';
import { drawMarks, MARK_LANE } from './marks.ts';
import type { Line } from './rows.ts';
import { lines as gridLines, timeLabel, timeTicks, valueAxis, valueLabels } from './ticks.ts';

/** What a plot draws now; `makePlot` reads it at every drawing, so changing it and redrawing is enough. */
export interface PlotState {
  lines: readonly Line[];
  hidden: ReadonlySet<string>;
  /** The line that the reader points at; the others step back. */
  focus: string | null;
  gaps: [from: number, until: number][];
  marks: readonly Mark[];
  from: number;
  until: number;
  unit: Unit;
  /** The value axis fits the values instead of starting at 0. */
  fit: boolean;
  colours: Colours;
}

export interface PlotEvents {
  /** Index of the time under the cursor, and its distance from the plot's left edge; null when there is none. */
  point(index: number | null, left: number): void;
  /** A span was dragged. */
  zoom(from: number, until: number): void;
}

const FONT_SIZE = 11;
const AXIS_WIDTH = 58;
const AXIS_HEIGHT = 24;

function colourOf(state: PlotState, line: Line): string {
  return line.colour < 0 ? state.colours.grey : state.colours.series[line.colour];
}

/** The line's colour as drawn: grey without one, faint while another is pointed at. */
function strokeOf(state: PlotState, line: Line): string {
  const colour = colourOf(state, line);
  if (state.focus === null) return line.colour < 0 ? faint(colour, 0.55) : colour;
  if (state.focus === line.key) return line.colour < 0 ? state.colours.series[0] : colour;
  return faint(colour, 0.18);
}

/** Slots that have no known neighbour and so make no line: drawn as dots. */
function alone(values: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = [];
  let previous = -2;
  let candidate = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === undefined) continue;
    if (value === null) {
      if (candidate >= 0) found.push(candidate);
      candidate = -1;
      previous = -2;
    } else {
      candidate = previous === -2 ? i : -1;
      previous = i;
    }
  }
  if (candidate >= 0) found.push(candidate);
  return found;
}

function valueRange(state: PlotState): { min: number; max: number; step: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const { key, stats } of state.lines) {
    if (stats.min === null || stats.max === null || state.hidden.has(key)) continue;
    low = Math.min(low, stats.min);
    high = Math.max(high, stats.max);
  }
  return valueAxis(low, high, state.unit, state.fit);
}

/** Three to seven round times, so far from the left edge that their labels stay inside. */
function ticksOf(plot: uPlot, { from, until }: PlotState): { times: number[]; step: number } {
  const width = plot.width - AXIS_WIDTH;
  const { times, step } = timeTicks(from, until, Math.max(3, Math.min(7, Math.floor(width / 100))));
  const margin = ((until - from) / width) * 16;
  return { times: times.filter((time) => time - from >= margin), step };
}

/** A uPlot that shows `state`: our grid, hatched gaps, no points but lonely ones, drag to zoom. */
export function makePlot(
  target: HTMLElement,
  state: PlotState,
  events: PlotEvents,
  size: { width: number; height: number },
  data: uPlot.AlignedData,
  sync: string,
): uPlot {
  const font = (): string => `${FONT_SIZE}px ${state.colours.font}`;
  let dragged = false;
  const options: uPlot.Options = {
    ...size,
    ms: 1,
    padding: [MARK_LANE, 16, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 6 },
      sync: { key: sync, setSeries: false, scales: ['x', null] },
      points: { size: 9, width: 2, stroke: () => state.colours.surface, fill: (_, index) => strokeOf(state, state.lines[index - 1]) },
      bind: { dblclick: () => null },
    },
    scales: {
      x: { time: true, range: () => [state.from, state.until] },
      y: {
        range: () => {
          const { min, max } = valueRange(state);
          return [min, max];
        },
      },
    },
    axes: [
      {
        size: AXIS_HEIGHT,
        gap: 5,
        font: font(),
        stroke: () => state.colours.axis,
        grid: { show: false },
        ticks: { show: false },
        splits: (plot) => ticksOf(plot, state).times,
        values: (plot, times) => {
          const { step } = ticksOf(plot, state);
          return times.map((time) => timeLabel(time, step));
        },
      },
      {
        size: AXIS_WIDTH,
        gap: 8,
        font: font(),
        stroke: () => state.colours.axis,
        grid: { stroke: () => state.colours.grid, width: 1 },
        ticks: { show: false },
        splits: () => {
          const { min, max, step } = valueRange(state);
          return gridLines(min, max, step);
        },
        values: (_, values) => valueLabels(values, state.unit),
      },
    ],
    series: [
      {},
      ...state.lines.map((line): uPlot.Series => ({
        show: !state.hidden.has(line.key),
        stroke: () => strokeOf(state, line),
        fill: () => (state.lines.length === 1 ? faint(colourOf(state, line), 0.1) : 'transparent'),
        width: 1.5,
        points: { show: true, size: 4, width: 0, fill: () => strokeOf(state, line), filter: (plot, index) => alone(plot.data[index]) },
      })),
    ],
    hooks: {
      drawClear: [(plot) => drawGaps(plot, state)],
      drawAxes: [(plot) => drawBase(plot, state)],
      draw: [(plot) => drawMarks(plot, state)],
      setCursor: [(plot) => events.point(plot.cursor.idx ?? null, plot.cursor.left ?? -1)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 6) return;
          // Charts that share the cursor share the drag too; the one it began in answers.
          if (dragged) events.zoom(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
          dragged = false;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
  const plot = new uPlot(options, data, target);
  plot.over.addEventListener('mousedown', () => (dragged = true));
  return plot;
}

/** Gaps are gaps: hatched, and named where there is room. */
function drawGaps(plot: uPlot, state: PlotState): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  for (const [from, until] of state.gaps) {
    const left = Math.max(bbox.left, plot.valToPos(from, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(until, 'x', true));
    if (right - left < 3 * ratio) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, right - left, bbox.height);
    ctx.clip();
    ctx.beginPath();
    for (let x = left - bbox.height; x < right; x += 8 * ratio) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.strokeStyle = state.colours.hatch;
    ctx.lineWidth = ratio;
    ctx.stroke();
    const words = 'no data';
    ctx.font = `${FONT_SIZE * ratio}px ${state.colours.font}`;
    const width = ctx.measureText(words).width;
    if (right - left > width + 24 * ratio) {
      const middle = (left + right) / 2;
      ctx.fillStyle = state.colours.surface;
      ctx.fillRect(middle - width / 2 - 7 * ratio, bbox.top + bbox.height / 2 - 9 * ratio, width + 14 * ratio, 18 * ratio);
      ctx.fillStyle = state.colours.dim;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'middle';
      ctx.fillText(words, middle, bbox.top + bbox.height / 2);
    }
    ctx.restore();
  }
}

/** The base line, a shade stronger than the grid. */
function drawBase(plot: uPlot, state: PlotState): void {
  const { ctx, bbox } = plot;
  const zero = Math.min(bbox.top + bbox.height, plot.valToPos(Math.max(0, plot.scales.y.min ?? 0), 'y', true));
  ctx.save();
  ctx.fillStyle = state.colours.base;
  ctx.fillRect(bbox.left, Math.round(zero) - devicePixelRatio, bbox.width, devicePixelRatio);
  ctx.restore();
}
