/**
 * Points that are not in blocks yet: columns in arrival order, and per series a chain from the newest back. Links are
 * index + 1, so that untouched memory means "none" and costs nothing.
 */
export class Head {
  readonly capacity: number;
  readonly series: Uint32Array;
  /** Seconds, floored to the series' finest step. */
  readonly slots: Uint32Array;
  readonly values: Float64Array;
  /** By point: the series' point before it, as index + 1; 0 for none. */
  readonly previous: Uint32Array;
  #last: Uint32Array;
  /** By series: 1 when its points did not come in order of time, so that a walk back has to go to the end. */
  #unordered: Uint8Array;
  /** Points linked so far. */
  count = 0;
  /** Slots seen, to tell at a glance that nothing lies in an interval. */
  oldest = 0xffff_ffff;
  newest = 0;
  /** Log files that hold these points, first and last number. */
  firstLog: number;
  lastLog: number;
  /** Monotonic milliseconds of the first point, NaN while empty. */
  born = NaN;
  /** Milliseconds since 1970 of the first arrival; by this age decides which tier a late point goes to. NaN while empty. */
  arrived = NaN;

  constructor(capacity: number, log: number) {
    this.capacity = capacity;
    this.firstLog = log;
    this.lastLog = log;
    this.series = new Uint32Array(capacity);
    this.slots = new Uint32Array(capacity);
    this.values = new Float64Array(capacity);
    this.previous = new Uint32Array(capacity);
    this.#last = new Uint32Array(1024);
    this.#unordered = new Uint8Array(1024);
  }

  /** Makes the entrances reach `series` numbers. */
  reach(series: number): void {
    if (series <= this.#last.length) return;
    const last = new Uint32Array(Math.max(series, this.#last.length * 2));
    last.set(this.#last);
    this.#last = last;
    const unordered = new Uint8Array(last.length);
    unordered.set(this.#unordered);
    this.#unordered = unordered;
  }

  /** Makes `count` points readable that stand in the columns from `this.count` on. */
  link(count: number): void {
    const { series, slots, previous } = this;
    const last = this.#last;
    const end = this.count + count;
    for (let i = this.count; i < end; i++) {
      const id = series[i];
      const slot = slots[i];
      const before = last[id];
      if (before !== 0 && slots[before - 1] >= slot) this.#unordered[id] = 1;
      previous[i] = before;
      last[id] = i + 1;
      if (slot < this.oldest) this.oldest = slot;
      if (slot > this.newest) this.newest = slot;
    }
    this.count = end;
  }

  /**
   * Finds points of `ids` with slots in [from, until). Without `into` they are counted in `at`, by row; with it each is written before
   * `at[row]`, which goes down, newest first. All chains step together: points that arrived together lie together, which the processor's
   * cache likes.
   */
  collect(ids: Uint32Array, from: number, until: number, at: Uint32Array, into?: HeadPoints): void {
    if (this.count === 0 || this.newest < from || this.oldest >= until) return;
    const { slots, values, previous } = this;
    const unordered = this.#unordered;
    const cursor = new Uint32Array(ids.length);
    const rows = new Uint32Array(ids.length);
    let open = 0;
    for (let row = 0; row < ids.length; row++) {
      const last = ids[row] < this.#last.length ? this.#last[ids[row]] : 0;
      if (last === 0) continue;
      cursor[open] = last;
      rows[open++] = row;
    }
    while (open > 0) {
      let kept = 0;
      for (let i = 0; i < open; i++) {
        const point = cursor[i] - 1;
        const row = rows[i];
        const slot = slots[point];
        if (slot >= from && slot < until) {
          if (into) {
            const to = --at[row];
            into.slots[to] = slot;
            into.values[to] = values[point];
          } else at[row]++;
        }
        const next = previous[point];
        if (next === 0 || (slot < from && unordered[ids[row]] === 0)) continue;
        cursor[kept] = next;
        rows[kept++] = row;
      }
      open = kept;
    }
  }

  /** Gives the memory back at once, rather than at some later collection. */
  free(): void {
    this.count = 0;
    for (const column of [this.series, this.slots, this.values, this.previous, this.#last, this.#unordered]) (column.buffer as ArrayBuffer).transfer(0);
  }
}

/** Points found in heads: those of row `r` are [starts[r], starts[r + 1]), oldest arrival first. */
export interface HeadPoints {
  starts: Uint32Array;
  slots: Uint32Array;
  values: Float64Array;
}

/** All points of `ids` in heads, oldest head first, with slots in [from, until). They are counted first: memory that grows costs more. */
export function collectPoints(heads: readonly Head[], ids: Uint32Array, from: number, until: number): HeadPoints {
  const starts = new Uint32Array(ids.length + 1);
  for (const head of heads) head.collect(ids, from, until, starts);
  for (let row = 1; row < starts.length; row++) starts[row] += starts[row - 1];
  const count = starts[ids.length];
  const points = { starts, slots: new Uint32Array(count), values: new Float64Array(count) };
  // Each row fills from its end down, which leaves starts[row] at its beginning.
  if (count > 0) for (const head of heads.toReversed()) head.collect(ids, from, until, starts, points);
  return points;
}
