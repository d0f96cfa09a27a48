import { FIGURES, type FigureName, type PanelLimit } from '../../core/dashboard.ts';
import { HeedError } from '../../core/errors.ts';
import type { RenderParams } from '../request.ts';
import { readColour } from './colours.ts';
import { readLimits } from './limits.ts';
import { type Look, LOOKS } from './looks.ts';
import { PictureParams } from './parameters.ts';
import type { Paint } from './shapes.ts';
import type { Unit } from './units.ts';
import type { AxisWish } from './value-axis.ts';

export const PICTURE_FORMATS = ['png', 'svg', 'pdf'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

const GRAPH_TYPES = ['line', 'pie', 'heatmap', 'states', 'value', 'table', 'text'] as const;
type GraphType = (typeof GRAPH_TYPES)[number];

/** How the lines of one axis are drawn unless they say so themselves. */
export interface SideOptions extends AxisWish {
  colour?: Paint;
  /** Pixels. */
  lineWidth?: number;
  dashed: boolean;
}

/** Everything that parameters of /render say of a picture. Lengths are pixels. */
export interface PictureOptions {
  type: GraphType;
  width: number;
  /** 0 is as high as the text, where it is one. */
  height: number;
  margin: number;
  look: Look;
  fontSize: number;
  bold: boolean;
  title: string;
  vtitle: string;
  vtitleRight: string;
  hideLegend: boolean;
  hideXAxis: boolean;
  hideYAxis: boolean;
  hideGrid: boolean;
  uniqueLegend: boolean;
  lineMode: 'slope' | 'staircase' | 'connected';
  /** Gaps of so many points are joined over. */
  connectedLimit: number;
  areaMode?: 'none' | 'first' | 'all' | 'stacked';
  areaAlpha?: number;
  drawNullAsZero: boolean;
  left: SideOptions;
  right: SideOptions;
  /** Lines of the grid between two that have labels. */
  minorY: number;
  /** Undefined follows from the series. */
  unit?: Unit;
  /** Points are folded until they are so far apart; undefined keeps peaks instead. */
  minXStep?: number;
  xFormat?: string;
  pieMode: 'average' | 'maximum' | 'minimum';
  valueLabels: 'none' | 'number' | 'percent';
  limits: PanelLimit[];
  figure: FigureName;
  /** Markdown, of a text. */
  text: string;
}

/** A picture is at most so wide and so high. */
export const MOST_PIXELS = 4000;

const UNITS: readonly Unit[] = ['number', 'count', 'plain', 'binary', 'ms', 's', 'B', 'B/s', '%', '/s'];
const UNIT_SYSTEMS = { si: 'number', binary: 'binary', sec: 's', msec: 'ms', none: 'plain' } as const;

/**
 * Reads what /render's parameters say of a picture, by graphite-web's names. Those that it does not know are passed over.
 * @throws HeedError `bad_parameter`, `bad_colour`
 */
export function readPicture(params: RenderParams): PictureOptions {
  const given = new PictureParams(params);
  const bare = given.flag('graphOnly') ?? false;
  const hideAxes = bare || (given.flag('hideAxes') ?? false);
  const type = given.choice('graphType', GRAPH_TYPES) ?? 'line';
  const system = given.choice('yUnitSystem', Object.keys(UNIT_SYSTEMS) as (keyof typeof UNIT_SYSTEMS)[]);
  const [left, right] = (['Left', 'Right'] as const).map((side) => readSide(given, side));
  return {
    type,
    width: given.whole('width', 1, MOST_PIXELS) ?? 330,
    height: given.whole('height', 1, MOST_PIXELS) ?? (type === 'text' ? 0 : 250),
    margin: given.whole('margin', 0, 500) ?? (bare ? 0 : 12),
    look: readLook(given),
    fontSize: given.number('fontSize', 4, 100) ?? 11,
    bold: given.flag('fontBold') ?? false,
    title: bare ? '' : given.text('title'),
    vtitle: bare ? '' : given.text('vtitle'),
    vtitleRight: bare ? '' : given.text('vtitleRight'),
    hideLegend: bare || (given.flag('hideLegend') ?? false),
    hideXAxis: hideAxes || (given.flag('hideXAxis') ?? false),
    hideYAxis: hideAxes || (given.flag('hideYAxis') ?? false),
    hideGrid: bare || (given.flag('hideGrid') ?? false),
    uniqueLegend: given.flag('uniqueLegend') ?? false,
    lineMode: given.choice('lineMode', ['slope', 'staircase', 'connected']) ?? 'slope',
    connectedLimit: given.whole('connectedLimit', 0, 1e9) ?? Infinity,
    areaMode: given.choice('areaMode', ['none', 'first', 'all', 'stacked']),
    areaAlpha: given.number('areaAlpha', 0, 1),
    drawNullAsZero: given.flag('drawNullAsZero') ?? false,
    left,
    right,
    minorY: given.whole('minorY', 0, 10) ?? (given.colour('minorGridLineColor') ? 1 : 0),
    unit: (system && UNIT_SYSTEMS[system]) ?? given.choice('unit', UNITS),
    minXStep: given.number('minXStep', 0, MOST_PIXELS),
    xFormat: given.text('xFormat').slice(0, 60) || undefined,
    pieMode: given.choice('pieMode', ['average', 'maximum', 'minimum']) ?? 'average',
    valueLabels: given.choice('valueLabels', ['none', 'number', 'percent']) ?? 'percent',
    limits: readLimits(given.list('limits', 10)),
    figure: given.choice('figure', FIGURES) ?? 'last',
    text: type === 'text' ? (params.text?.at(-1) ?? '') : '',
  };
}

function readSide(given: PictureParams, side: 'Left' | 'Right'): SideOptions {
  const lower = side.toLowerCase();
  const both = side === 'Left';
  const min = given.number(`yMin${side}`) ?? (both ? (given.number('yMin') ?? given.number('min')) : undefined);
  const max = given.number(`yMax${side}`) ?? (both ? (given.number('yMax') ?? given.number('max')) : undefined);
  if (min !== undefined && max !== undefined && min >= max)
    throw new HeedError('bad_parameter', `cannot draw: the axis begins at ${min} and must end above, not at ${max}`);
  return {
    min,
    max,
    step: given.number(`yStep${side}`, 1e-300) ?? (both ? given.number('yStep', 1e-300) : undefined),
    divisors: readDivisors(given),
    logBase: readLogBase(given),
    colour: given.colour(`${lower}Color`),
    lineWidth: given.number(`${lower}Width`, 0, 100) ?? given.number('lineWidth', 0, 100) ?? given.number('thickness', 0, 100),
    dashed: given.flag(`${lower}Dashed`) ?? given.flag('dashed') ?? false,
  };
}

function readDivisors(given: PictureParams): number[] {
  return given.list('yDivisors', 10).map((text) => {
    if (!/^\d{1,2}$/.test(text) || Number(text) === 0)
      throw new HeedError('bad_parameter', `cannot draw: yDivisors must be numbers from 1 to 99, such as 4,5,6, not '${text.slice(0, 40)}'`);
    return Number(text);
  });
}

function readLogBase(given: PictureParams): number | undefined {
  const text = given.text('logBase');
  if (text === 'e') return Math.E;
  const base = given.number('logBase', 1, 1e9);
  if (base === 1) throw new HeedError('bad_parameter', "cannot draw: logBase must be more than 1, or 'e'");
  return base;
}

function readLook(given: PictureParams): Look {
  const names = [...LOOKS.keys()];
  const look = LOOKS.get(given.choice('template', names) ?? given.choice('theme', ['light', 'dark']) ?? names[0]) as Look;
  const ink = given.colour('fgcolor');
  const series = given.list('colorList', 100).map(readColour);
  return {
    ...look,
    ...(ink && { ink, mid: ink, dim: ink }),
    background: given.colour('bgcolor') ?? look.background,
    grid: given.colour('majorGridLineColor') ?? look.grid,
    minor: given.colour('minorGridLineColor') ?? look.minor,
    series: series.length > 0 ? series : look.series,
  };
}
