import { mustNot } from '../../core/errors.ts';
import { Method } from '../../core/series.ts';
import type { SeriesPoints } from './batch-builder.ts';
import type { DumpLine } from './dump-line.ts';

/** Points gathered before they go: a dump in the order of time has few of each series in a row. */
const CAPACITY = 1 << 21;
/** More lines than one chunk of a stream brings. */
const SPARE = 1 << 16;

/** Gathers a dump's points and gives them back by series and time; of points with one time the last counts. */
export class DumpPoints {
  readonly #names = new Map<string, number>();
  readonly #series = new Uint32Array(CAPACITY);
  readonly #times = new Uint32Array(CAPACITY);
  readonly #values = new Float64Array(CAPACITY);
  #count = 0;

  get isNearlyFull(): boolean {
    return this.#count > CAPACITY - SPARE;
  }

  add({ name, time, value }: DumpLine): void {
    if (this.#count === CAPACITY) mustNot('points of a dump were not taken in time');
    let series = this.#names.get(name);
    if (series === undefined) this.#names.set(name, (series = this.#names.size));
    this.#series[this.#count] = series;
    this.#times[this.#count] = time;
    this.#values[this.#count++] = value;
  }

  /** All series, in the order in which they first came; then it is empty. */
  *take(): Generator<SeriesPoints> {
    const starts = new Uint32Array(this.#names.size + 1);
    for (let i = 0; i < this.#count; i++) starts[this.#series[i] + 1]++;
    for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
    const order = new Uint32Array(this.#count);
    const next = starts.slice();
    for (let i = 0; i < this.#count; i++) order[next[this.#series[i]]++] = i;
    let series = 0;
    for (const name of this.#names.keys()) {
      // Stable: what came later stays behind.
      const own = Array.from(order.subarray(starts[series], starts[series + 1])).toSorted((a, b) => this.#times[a] - this.#times[b]);
      const last = own.filter((point, i) => i + 1 === own.length || this.#times[own[i + 1]] !== this.#times[point]);
      yield {
        name,
        method: Method.byRule,
        runs: [{ step: 0, count: last.length }],
        times: Uint32Array.from(last, (point) => this.#times[point]),
        values: Float64Array.from(last, (point) => this.#values[point]),
      };
      series++;
    }
    this.#names.clear();
    this.#count = 0;
  }
}
