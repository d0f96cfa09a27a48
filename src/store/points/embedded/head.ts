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
   * Collects points of `ids` with slots in [from, until) into `into`, newest first. All chains step together: points
   * that arrived together lie together, which the processor's cache likes.
   */
  collect(ids: Uint32Array, from: number, until: number, into: HeadPoints): void {
    if (this.count === 0 || this.newest < from || this.oldest >= until) return;
    const { slots, values, previous } = this;
    const unordered = this.#unordered;
    const cursor = new Uint32Array(ids.length);
    const rows = new Uint32Array(ids.length);
    let open = 0;
    for (let row = 0; row < ids.length; row++) {
      const at = ids[row] < this.#last.length ? this.#last[ids[row]] : 0;
      if (at === 0) continue;
      cursor[open] = at;
      rows[open++] = row;
    }
    while (open > 0) {
      into.reserve(open);
      const { rows: toRows, slots: toSlots, values: toValues } = into;
      let { count } = into;
      let kept = 0;
      for (let i = 0; i < open; i++) {
        const at = cursor[i] - 1;
        const row = rows[i];
        const slot = slots[at];
        if (slot >= from && slot < until) {
          toRows[count] = row;
          toSlots[count] = slot;
          toValues[count++] = values[at];
        }
        const next = previous[at];
        if (next === 0 || (slot < from && unordered[ids[row]] === 0)) continue;
        cursor[kept] = next;
        rows[kept++] = row;
      }
      into.count = count;
      open = kept;
    }
  }

  /** Gives the memory back at once, rather than at some later collection. */
  free(): void {
    this.count = 0;
    for (const column of [this.series, this.slots, this.values, this.previous, this.#last, this.#unordered]) (column.buffer as ArrayBuffer).transfer(0);
  }
}

/** Growing columns of points found in heads: each row's newest arrival first. */
export class HeadPoints {
  rows = new Uint32Array(1024);
  slots = new Uint32Array(1024);
  values = new Float64Array(1024);
  count = 0;

  reserve(more: number): void {
    const need = this.count + more;
    if (need <= this.rows.length) return;
    const size = Math.max(need, this.rows.length * 2);
    this.rows = grown(this.rows, new Uint32Array(size));
    this.slots = grown(this.slots, new Uint32Array(size));
    this.values = grown(this.values, new Float64Array(size));
  }

  /** The columns in memory of their own, to be handed over. */
  taken(): { rows: Uint32Array; slots: Uint32Array; values: Float64Array } {
    const { rows, slots, values, count } = this;
    return { rows: rows.slice(0, count), slots: slots.slice(0, count), values: values.slice(0, count) };
  }
}

function grown<Column extends Uint32Array | Float64Array>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}
