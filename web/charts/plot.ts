import uPlot from 'uplot';
import type { Mark } from '../state/marks.ts';
import type { Unit } from '../words/number.ts';
import { faint, type Colours } from './colours.ts';
import { plotted, type Look } from './look.ts';
import { drawMarks, MARK_LANE } from './marks.ts';
import { silentSince, type Line } from './rows.ts';
import { moment } from '../words/time.ts';
import { lines as gridLines, timeLabel, timeTicks, valueAxis, valueLabels } from './ticks.ts';

/** What a plot draws now; `makePlot` reads it at every drawing, so changing it and redrawing is enough. */
export interface PlotState {
  lines: readonly Line[];
  hidden: ReadonlySet<string>;
  /** The line that the reader points at; the others step back. */
  focus: string | null;
  gaps: [from: number, until: number][];
  marks: readonly Mark[];
  /** Where labels of marks stand, as last drawn: pixels from the canvas' left edge. */
  labels: { left: number; right: number; mark: Mark }[];
  from: number;
  until: number;
  unit: Unit;
  /** The value axis fits the values instead of starting at 0. */
  fit: boolean;
  look: Look;
  /** From where to where the plotted values reach; `dataOf` keeps it. */
  reach: { low: number; high: number };
  colours: Colours;
}

/** The state's values as uPlot takes them. */
export function dataOf(state: PlotState): uPlot.AlignedData {
  const { data, low, high } = plotted(state.lines, state.hidden, state.look);
  state.reach = { low, high };
  return data as uPlot.AlignedData;
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
/** Air above a plot whose marks have no labels. */
const BARE_LANE = 8;
const BARS = uPlot.paths.bars?.({ size: [0.8, 40], gap: 1 });

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

function valueRange({ reach, unit, fit, look }: PlotState): { min: number; max: number; step: number } {
  const axis = valueAxis(look.min ?? reach.low, look.max ?? reach.high, unit, fit);
  return { min: look.min ?? axis.min, max: look.max ?? axis.max, step: axis.step };
}

/** How far a line's colour fills what is below it. */
function fillOf(state: PlotState, line: Line): string {
  const colour = colourOf(state, line);
  if (line.dashed) return 'transparent';
  if (state.look.kind === 'bars') return colour;
  if (state.look.kind === 'stacked') return faint(colour, 0.25);
  return state.look.kind === 'area' || state.lines.filter(({ dashed }) => !dashed).length === 1 ? faint(colour, 0.1) : 'transparent';
}

/** Three to seven round times, so far from the left edge that their labels stay inside. */
function ticksOf(plot: uPlot, { from, until }: PlotState): { times: number[]; step: number } {
  const width = plot.width - AXIS_WIDTH;
  const { times, step } = timeTicks(from, until, Math.max(3, Math.min(7, Math.floor(width / 100))));
  const margin = ((until - from) / width) * 16;
  return { times: times.filter((time) => time - from >= margin), step };
}

/** A uPlot that shows `state`: our grid, hatched gaps, no points but lonely ones, drag to zoom. */
export function makePlot(target: HTMLElement, state: PlotState, events: PlotEvents, size: { width: number; height: number }, sync: string): uPlot {
  const isBars = state.look.kind === 'bars';
  const data = dataOf(state);
  const font = (): string => `${FONT_SIZE}px ${state.colours.font}`;
  let dragged = false;
  const options: uPlot.Options = {
    ...size,
    ms: 1,
    padding: [state.look.labels ? MARK_LANE : BARE_LANE, 16, 0, 0],
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
        fill: () => fillOf(state, line),
        width: isBars ? 0 : line.dashed ? 1 : 1.5,
        dash: line.dashed ? [2, 3] : undefined,
        paths: isBars ? BARS : undefined,
        points: { show: !isBars, size: 4, width: 0, fill: () => strokeOf(state, line), filter: (plot, index) => alone(plot.data[index]) },
      })),
    ],
    // What stands on another line fills down to it and no further.
    bands: state.look.kind === 'stacked' ? state.lines.slice(1).map((_, at): uPlot.Band => ({ series: [at + 2, at + 1] })) : [],
    hooks: {
      drawClear: [(plot) => drawGaps(plot, state)],
      drawAxes: [(plot) => drawBase(plot, state)],
      draw: [(plot) => drawLimits(plot, state), (plot) => drawMarks(plot, state)],
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

/** Gaps are gaps: hatched, and named where there is room. What is missing up to the present is silence. */
function drawGaps(plot: uPlot, state: PlotState): void {
  for (const [from, until] of state.gaps) drawGap(plot, state, from, until, 'no data');
  const present = Math.min(state.until, Date.now());
  const silent = silentSince(state.lines, present);
  if (silent !== null) drawGap(plot, state, Math.max(silent, state.from), present, `silent since ${moment(silent, present, false)}`);
}

function drawGap(plot: uPlot, { colours }: PlotState, from: number, until: number, words: string): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const left = Math.max(bbox.left, plot.valToPos(from, 'x', true));
  const right = Math.min(bbox.left + bbox.width, plot.valToPos(until, 'x', true));
  if (right - left < 3 * ratio) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, right - left, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (let x = left - bbox.height; x < right; x += 8 * ratio) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.strokeStyle = colours.hatch;
  ctx.lineWidth = ratio;
  ctx.stroke();
  ctx.font = `${FONT_SIZE * ratio}px ${colours.font}`;
  const width = ctx.measureText(words).width;
  if (right - left > width + 24 * ratio) {
    const middle = (left + right) / 2;
    ctx.fillStyle = colours.surface;
    ctx.fillRect(middle - width / 2 - 7 * ratio, bbox.top + bbox.height / 2 - 9 * ratio, width + 14 * ratio, 18 * ratio);
    ctx.fillStyle = colours.dim;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(words, middle, bbox.top + bbox.height / 2);
  }
  ctx.restore();
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

/** Limits are dashed lines in the colour of what passing them means. */
function drawLimits(plot: uPlot, { look, colours }: PlotState): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 1.25 * ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  for (const { value, state } of look.limits) {
    const top = Math.round(plot.valToPos(value, 'y', true));
    if (top < bbox.top || top > bbox.top + bbox.height) continue;
    ctx.strokeStyle = colours[state];
    ctx.beginPath();
    ctx.moveTo(bbox.left, top);
    ctx.lineTo(bbox.left + bbox.width, top);
    ctx.stroke();
  }
  ctx.restore();
}
