/** The moment in question and how far is looked to both sides; milliseconds. */
export interface Moment {
  at: number;
  /** Length of the time after, and of the time right before that it is compared with. */
  span: number;
}

/** Spans before the moment from which is learned how much a series moves without anything having happened. */
export const SPANS_BEFORE = 4;
/** A span is cut into so many parts; what counts are their means. */
const PARTS = 4;
const BEFORE = SPANS_BEFORE * PARTS;
const NEAR = BEFORE - PARTS;
const ALL = BEFORE + PARTS;

/** No score is higher; of a series that never moved every change would be endlessly unusual. */
const HIGHEST = 100;
/** Series that begin or end are many when something is started anew; they stand behind the strongest changes. */
const HIGHEST_COMING = 50;
/** Least parts with a value: long before and right before together, right before, and after. */
const LEAST_BEFORE = 6;
const LEAST_NEAR = 2;
const LEAST_AFTER = 2;
/** Points that a series must have had to be missed, or to be called new. */
const LEAST_MISSED = 5;
const LEAST_NEW = 3;
/** A range of so little beside the values themselves is rounding. */
const ROUNDING = 1e-9;

export interface Change {
  /** Means of the spans right before and after; null where nothing was known. */
  before: number | null;
  after: number | null;
  /** Deviations of the time before, up to 100; 0 for no change. Of a series that comes or goes: how many of its own pauses it was away. */
  score: number;
  how: 'rose' | 'fell' | 'appeared' | 'went silent';
}

/** Values on a grid; what is not finite is unknown. */
export interface Slots {
  start: number;
  step: number;
  values: ArrayLike<number>;
}

/**
 * How unusual a series' change at a moment is. The time is cut into parts; the middle of the parts after is compared with the middle of
 * those right before, in deviations of the parts before. So neither one spike nor a steady slope is a change, and neither scale nor
 * offset of the values matters.
 */
export function scoreChange(row: Slots, moment: Moment): Change | undefined {
  const parts = cut(row, moment);
  const [near, after] = [parts.known(NEAR, BEFORE), parts.known(BEFORE, ALL)];
  if (near.points === 0 && after.points === 0) return undefined;
  if (near.points === 0) return appeared(row, moment, after);
  if (after.points === 0) return wentSilent(row, moment, near);
  const long = parts.known(0, NEAR);
  const [from, to] = [median(near.means), median(after.means)];
  const shift = to - from;
  const change: Change = { before: near.mean, after: after.mean, score: 0, how: shift < 0 ? 'fell' : 'rose' };
  const known = long.means.length + near.means.length;
  if (known < LEAST_BEFORE || near.means.length < LEAST_NEAR || after.means.length < LEAST_AFTER) return change;
  const all = [...long.means, ...near.means, ...after.means];
  const range = Math.max(...all) - Math.min(...all);
  if (!(range > ROUNDING * Math.max(...all.map(Math.abs)))) return change;
  const noise = Math.max(spread(long.means), spread(near.means), range / HIGHEST);
  // Of few parts the noise is easily found too small.
  const doubt = 1 + (BEFORE - known) / BEFORE;
  const held = after.means.filter((mean) => (mean - from) * Math.sign(shift) > Math.abs(shift) / 2).length / after.means.length;
  return { ...change, score: (Math.abs(shift) / noise / doubt) * held };
}

interface Known {
  /** Means of the parts that have a value. */
  means: number[];
  points: number;
  /** Of all points. */
  mean: number;
}

function cut({ start, step, values }: Slots, { at, span }: Moment): { known(from: number, until: number): Known } {
  const sums = new Float64Array(ALL);
  const counts = new Uint32Array(ALL);
  for (let i = 0; i < values.length; i++) {
    const time = start + i * step;
    // The slot that the moment lies in holds both.
    if (!Number.isFinite(values[i]) || (time < at && time + step > at)) continue;
    const part = BEFORE + Math.floor(((time - at) * PARTS) / span);
    if (part < 0 || part >= ALL) continue;
    sums[part] += values[i];
    counts[part]++;
  }
  return {
    known(from, until) {
      const means: number[] = [];
      let [sum, points] = [0, 0];
      for (let part = from; part < until; part++) {
        if (counts[part] === 0) continue;
        means.push(sums[part] / counts[part]);
        sum += sums[part];
        points += counts[part];
      }
      return { means, points, mean: sum / points };
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A standard deviation by the middle deviation or, where most parts are equal, by the mean one; 0 of none. */
function spread(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const middle = median(values);
  const deviations = values.map((value) => Math.abs(value - middle));
  return Math.max(1.4826 * median(deviations), (1.2533 * deviations.reduce((sum, one) => sum + one, 0)) / values.length);
}

/** Slots of known values on one side of the moment: the first, the last, and the longest way from one to the next. */
function rhythm({ start, step, values }: Slots, from: number, until: number): { first: number; last: number; pause: number } {
  let [first, last, pause] = [-1, -1, 1];
  for (let i = 0; i < values.length; i++) {
    const time = start + i * step;
    if (!Number.isFinite(values[i]) || time < from || time >= until) continue;
    if (first < 0) first = i;
    else pause = Math.max(pause, i - last);
    last = i;
  }
  return { first, last, pause };
}

function appeared(row: Slots, { at, span }: Moment, after: Known): Change {
  const change: Change = { before: null, after: after.mean, score: 0, how: 'appeared' };
  if (after.points < LEAST_NEW) return change;
  const [before, now] = [rhythm(row, -Infinity, at), rhythm(row, at, at + span)];
  const away = now.first - Math.max(before.last, 0);
  // What begins much later began for another reason.
  if (row.start + now.first * row.step > at + span / 2) return change;
  return { ...change, score: coming(away, Math.max(before.pause, now.pause)) };
}

function wentSilent(row: Slots, { at, span }: Moment, near: Known): Change {
  const change: Change = { before: near.mean, after: null, score: 0, how: 'went silent' };
  if (near.points < LEAST_MISSED) return change;
  const { last, pause } = rhythm(row, -Infinity, at);
  const silentFor = at - (row.start + (last + 1) * row.step);
  if (silentFor > Math.max(span / PARTS, 2 * pause * row.step)) return change;
  // The newest slots may not have arrived yet.
  return { ...change, score: coming(Math.floor((at + span - row.start) / row.step) - last - 2, pause) };
}

/** Away for so many slots, by the longest pause otherwise. */
function coming(away: number, pause: number): number {
  return Math.max(0, Math.min(HIGHEST_COMING, away / pause));
}
