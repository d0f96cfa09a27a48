import type { Kind, Method } from '../../../core/series.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';

/** A queue end that remembers what it was given; for tests. `room` bounds what it takes until `drain`. */
export class RecordingWriter implements PointsWriter {
  names: string[] = [];
  readonly points: [name: string, time: number, value: number][] = [];
  room = Infinity;
  #waiting: (() => void)[] = [];

  declare(name: string, _kind: Kind, _method: Method): number {
    return this.names.push(name) - 1;
  }

  add(id: number, time: number, value: number): boolean {
    if (this.points.length >= this.room) return false;
    this.points.push([this.names[id], time, value]);
    return true;
  }

  forget(): void {
    this.names = [];
  }

  flush(): void {}

  drained(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Makes room for `more` points and wakes who waits. */
  drain(more: number): void {
    this.room += more;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  get isWaitedFor(): boolean {
    return this.#waiting.length > 0;
  }

  close(): void {}
}
