/** Values that make one line, from the index of the first to the index of the last. Gaps within are drawn over. */
export interface Run {
  from: number;
  to: number;
}

interface Hole {
  /** Indexes of the known values around it. */
  from: number;
  to: number;
  /** How far the two values before it are apart. */
  before: number;
}

/** How far another hole of the same kind may be for both to be a rhythm, in lengths of the hole. */
const NEAR = 6;

/** Lines of a row. Gaps of up to `joined` points are drawn over, and so are those that come of the row's rhythm. */
export function runsOf(values: Float64Array, joined: number): Run[] {
  const { first, last, holes } = holesOf(values);
  if (first < 0) return [];
  const runs: Run[] = [];
  let from = first;
  for (const [i, hole] of holes.entries()) {
    if (hole.to - hole.from - 1 <= joined || isRhythm(holes, i, first, last)) continue;
    runs.push({ from, to: hole.from });
    from = hole.to;
  }
  runs.push({ from, to: last });
  return runs;
}

function holesOf(values: Float64Array): { first: number; last: number; holes: Hole[] } {
  const holes: Hole[] = [];
  let [first, last, before] = [-1, -1, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    if (last < 0) first = i;
    else {
      if (i - last > 1) holes.push({ from: last, to: i, before });
      before = i - last;
    }
    last = i;
  }
  return { first, last, holes };
}

/**
 * A series that comes every ten seconds leaves slots empty on a grid of three: no gaps but its rhythm. A hole is that when it is about as
 * long as the distance of the points before it, or when holes as long as it come near on both sides.
 */
function isRhythm(holes: readonly Hole[], i: number, first: number, last: number): boolean {
  const { from, to, before } = holes[i];
  const length = to - from;
  if (length <= 1.5 * before) return true;
  const [left, right] = [holes[i - 1], holes[i + 1]];
  const isLeft = left !== undefined && left.to - left.from >= length && from - left.to <= NEAR * length;
  const isRight = right !== undefined && right.to - right.from >= length && right.from - to <= NEAR * length;
  return (isLeft && (isRight || last - to <= NEAR * length)) || (isRight && from - first <= NEAR * length);
}

/** Spans of time where no row knows anything between the first and the last known value: more than two of the longest steps. */
export function silences(rows: readonly { start: number; step: number; values: Float64Array }[]): [from: number, until: number][] {
  const spans = rows.flatMap(({ start, step, values }) => runsOf(values, 0).map(({ from, to }): [number, number] => [start + from * step, start + to * step]));
  spans.sort((a, b) => a[0] - b[0]);
  const coarsest = Math.max(0, ...rows.map(({ step }) => step));
  const found: [number, number][] = [];
  let end = spans[0]?.[1] ?? 0;
  for (const [from, until] of spans) {
    if (from - end > 2 * coarsest) found.push([end, from]);
    end = Math.max(end, until);
  }
  return found;
}
