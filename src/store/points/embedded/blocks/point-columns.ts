/** Points of one series in columns that grow as needed; times are seconds. Kept and reused by whoever reads much. */
export class PointColumns {
  times: Uint32Array = new Uint32Array(1024);
  values: Float64Array = new Float64Array(1024);
  count = 0;

  clear(): void {
    this.count = 0;
  }

  push(time: number, value: number): void {
    this.reserve(1);
    this.times[this.count] = time;
    this.values[this.count++] = value;
  }

  /** Makes room for `more` points after those that are there. */
  reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.times.length) return;
    const capacity = Math.max(needed, this.times.length * 2);
    const times = new Uint32Array(capacity);
    const values = new Float64Array(capacity);
    times.set(this.times.subarray(0, this.count));
    values.set(this.values.subarray(0, this.count));
    this.times = times;
    this.values = values;
  }
}
