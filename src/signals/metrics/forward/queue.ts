/** Points that wait in memory, first in, first out; a ring of columns. */
export class PointQueue {
  readonly capacity: number;
  readonly #ids: Uint32Array;
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  #first = 0;
  #length = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#ids = new Uint32Array(capacity);
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** False when it is full. */
  push(id: number, time: number, value: number): boolean {
    if (this.#length === this.capacity) return false;
    let at = this.#first + this.#length;
    if (at >= this.capacity) at -= this.capacity;
    this.#ids[at] = id;
    this.#times[at] = time;
    this.#values[at] = value;
    this.#length++;
    return true;
  }

  /** Takes up to `most` points out, oldest first. */
  take(most: number, each: (id: number, time: number, value: number) => void): void {
    for (let n = Math.min(most, this.#length); n > 0; n--) {
      each(this.#ids[this.#first], this.#times[this.#first], this.#values[this.#first]);
      this.#first = this.#first + 1 === this.capacity ? 0 : this.#first + 1;
      this.#length--;
    }
  }
}
