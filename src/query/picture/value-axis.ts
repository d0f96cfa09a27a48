import { figureText } from './figures.ts';
import type { Unit } from './units.ts';

/** What was asked of an axis; what is left out follows from the values. */
export interface AxisWish {
  min?: number;
  max?: number;
  /** Between two lines of the grid. */
  step?: number;
  /** Parts that the axis may have; the one that fits best is taken. */
  divisors: readonly number[];
  /** Base of a logarithmic axis. */
  logBase?: number;
}

export interface ValueAxis {
  /** Where a value stands, 0 at the bottom and 1 at the top; NaN where it has no place, as 0 on a logarithmic axis. */
  scale(value: number): number;
  ticks: { value: number; label: string }[];
  /** The value of the base line, from which areas are filled. */
  base: number;
}

/** Lines that a grid has at most. */
const MOST_LINES = 50;
/** Distances below are none. */
const TINY = 1e-300;

/** 1, 2 or 5 times a power of ten, at least `raw`. */
function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return (lead <= 1 + 1e-9 ? 1 : lead <= 2 + 1e-9 ? 2 : lead <= 5 + 1e-9 ? 5 : 10) * power;
}

const LONG_STEPS = [30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 1_800_000, 3_600_000];

/** Minutes and hours do not grow by tens, and neither do powers of two. */
function stepFor(raw: number, unit: Unit): number {
  if (unit === 'binary') return raw < 1 ? roundStep(raw) : 2 ** Math.ceil(Math.log2(raw) - 1e-9);
  const millis = unit === 's' ? 1000 : 1;
  if ((unit !== 'ms' && unit !== 's') || raw * millis <= 20_000 || raw > 1e15) return roundStep(raw);
  return (LONG_STEPS.find((step) => step >= raw * millis) ?? Math.ceil(raw / (3_600_000 / millis)) * 3_600_000) / millis;
}

/**
 * The axis for values from `low` to `high`, at most `lines` apart lines of it. It starts at 0 unless values are below or `wish` says
 * otherwise, and its ends are on lines where the values decide them.
 */
export function valueAxis(low: number, high: number, unit: Unit, wish: AxisWish, lines: number): ValueAxis {
  if (wish.logBase !== undefined) return logAxis(low, high, unit, wish, wish.logBase, lines);
  const known = low <= high;
  const from = wish.min ?? (known ? Math.min(0, low) : 0);
  let until = wish.max ?? (known ? Math.max(from, high, wish.min === undefined ? 0 : -Infinity) : from + 1);
  // Values that differ by less than can be written are one value.
  if (until - from <= Math.max(TINY, Math.abs(until) * 1e-9)) until = from + Math.max(TINY, Math.abs(from) || 1);
  const height = until - from;
  const step = Math.max(wish.step ?? bestStep(from, until, unit, wish.divisors, lines), height / MOST_LINES);
  const min = wish.min ?? Math.floor(from / step + 1e-9) * step;
  // A line that would touch the top edge gets a little air instead of another line of the grid.
  const max = wish.max ?? Math.max(until + height * 0.04, min + step);
  const values: number[] = [];
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max + step * 1e-9 && values.length <= MOST_LINES; i++) values.push(i * step + 0);
  return { scale: (value) => (value - min) / (max - min), ticks: labelled(values, unit), base: min > 0 ? min : max < 0 ? max : 0 };
}

function bestStep(from: number, until: number, unit: Unit, divisors: readonly number[], lines: number): number {
  const height = until - from;
  if (divisors.length === 0) return stepFor(height / lines, unit);
  const waste = (step: number): number => (Math.ceil(until / step - 1e-9) - Math.floor(from / step + 1e-9)) * step - height;
  return divisors.map((parts) => stepFor(height / parts, unit)).reduce((best, step) => (waste(step) < waste(best) ? step : best));
}

function logAxis(low: number, high: number, unit: Unit, { min, max }: AxisWish, base: number, lines: number): ValueAxis {
  const log = (value: number): number => Math.log(value) / Math.log(base);
  const first = min !== undefined && min > 0 ? min : low > 0 && low <= high ? low : 1;
  const last = Math.max(max ?? (high > 0 && low <= high ? high : first * base), first * (1 + 1e-9));
  const bottom = min !== undefined && min > 0 ? log(min) : Math.floor(log(first) + 1e-9);
  const top = max !== undefined && max > first ? log(max) : Math.max(Math.ceil(log(last) - 1e-9), bottom + 1);
  const step = Math.max(1, Math.ceil((top - bottom) / Math.max(2, lines)));
  const values: number[] = [];
  for (let power = Math.ceil(bottom - 1e-9); power <= top + 1e-9 && values.length <= MOST_LINES; power += step) values.push(base ** power);
  return {
    scale: (value) => (value > 0 ? (log(value) - bottom) / (top - bottom) : NaN),
    ticks: labelled(values, unit, base !== 10),
    base: base ** bottom,
  };
}

/** Labels with as many digits as tell lines apart. Those of times share the unit of the largest. */
function labelled(values: number[], unit: Unit, odd = false): ValueAxis['ticks'] {
  const largest = Math.max(0, ...values.map(Math.abs)) * (unit === 's' ? 1000 : 1);
  const seconds =
    !odd && (unit === 'ms' || unit === 's') && largest >= 1000 && largest < 600_000 && values.every((value) => value === 0 || Math.abs(value) >= largest / 50);
  const perSecond = unit === 'ms' ? 1000 : 1;
  for (let digits = odd ? 3 : 4; ; digits++) {
    const ticks = values.map((value) => ({
      value,
      label: value === 0 ? '0' : seconds ? `${Number((value / perSecond).toPrecision(digits))} s` : figureText(value, unit, digits),
    }));
    if (digits >= 15 || new Set(ticks.map(({ label }) => label)).size === ticks.length) return ticks;
  }
}
