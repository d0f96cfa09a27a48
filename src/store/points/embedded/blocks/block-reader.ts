import { closeSync, fstatSync, openSync } from 'node:fs';
import { BlockData, type OnDamage } from './block-data.ts';
import { HEADER_BYTES, readHeader } from './block-header.ts';
import type { BlockInfo } from './block-key.ts';
import { damaged, damageOf, PAD } from './codec/bytes.ts';
import { scratch } from './codec/scratch.ts';
import { readUpTo } from './file-bytes.ts';
import { sectionBytes } from './pages.ts';
import type { PointColumns } from './point-columns.ts';
import { rebuildIndex } from './scan-series.ts';
import { SeriesIndex } from './series-index.ts';

/** What is known of points in a grid, from as many calls of `readGrid` as are told of. */
export interface Placed {
  points: number;
  /** All of them are before this slot. */
  end: number;
  /** No two are in one slot, for certain. */
  apart: boolean;
}

/**
 * Reads one block file. Opening reads just the header; the index comes with the first question, and pages are checked as they are
 * touched. Damage is told to `onDamage` and read past; where nobody listens it is thrown as HeedError `damaged`. Ask for series in
 * ascending order where there is a choice: neighbours are read ahead.
 */
export class BlockReader {
  readonly info: BlockInfo;
  #file: number;
  readonly #data: BlockData;
  #index: SeriesIndex | undefined;

  private constructor(file: number, info: BlockInfo, data: BlockData) {
    this.#file = file;
    this.info = info;
    this.#data = data;
  }

  /** @throws HeedError `damaged` when neither of the file's headers is whole; system errors as they are */
  static open(path: string, onDamage?: OnDamage): BlockReader {
    const file = openSync(path, 'r');
    try {
      const bytes = fstatSync(file).size;
      const atStart = readHeader(file, 0);
      const header = atStart ?? readHeader(file, bytes - HEADER_BYTES);
      if (!header) throw damaged(`cannot read block ${path}: its header is damaged`);
      const { dataBytes, indexBytes, ...info } = header;
      const data = new BlockData(file, path, header, onDamage);
      if (!atStart) data.tell('its first header is damaged, the second one is read');
      const written = sectionBytes(dataBytes) + indexBytes + 2 * HEADER_BYTES;
      if (bytes < written) data.tell(`it ends ${written - bytes} bytes early`);
      return new BlockReader(file, { ...info, path, bytes }, data);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** Ids of all series, ascending; made anew by each call. */
  ids(): Uint32Array {
    return this.#open().ids();
  }

  has(id: number): boolean {
    return this.#open().find(id);
  }

  /** Bytes of the index in memory; 0 until it was needed. */
  get indexBytes(): number {
    return this.#index?.bytes ?? 0;
  }

  /** Appends a series' points with `from <= time < until` (seconds) to `into`. */
  read(id: number, from: number, until: number, into: PointColumns): void {
    this.#eachChunk(id, from, until, () => {
      const { count, firstTime, lastTime } = this.#data.chunk;
      if (!this.#data.decode(true)) return;
      const { times, values } = scratch;
      let start = 0;
      let end = count;
      if (firstTime < from) while (times[start] < from) start++;
      if (lastTime >= until) while (times[end - 1] >= until) end--;
      into.reserve(end - start);
      into.times.set(times.subarray(start, end), into.count);
      into.values.set(values.subarray(start, end), into.count);
      into.count += end - start;
    });
  }

  /**
   * Writes each point of a series with `gridStart <= time < gridStart + step * out.length` (seconds) to `out[(time - gridStart) / step]`,
   * rounded down; later points win. Tells `placed` of them.
   */
  readGrid(id: number, gridStart: number, step: number, out: Float64Array, placed: Placed): void {
    const gridEnd = gridStart + step * out.length;
    this.#eachChunk(id, gridStart, gridEnd, () => {
      const { count, firstTime, lastTime, stride } = this.#data.chunk;
      if (!this.#data.decode(false)) return;
      const first = Math.floor((Math.max(firstTime, gridStart) - gridStart) / step);
      if (first < placed.end || (count > 1 && stride < step)) placed.apart = false;
      placed.end = Math.max(placed.end, Math.floor((lastTime - gridStart) / step) + 1);
      placed.points += stride === 0 ? this.#gridIrregular(gridStart, gridEnd, step, out) : this.#gridRegular(gridStart, gridEnd, step, out);
    });
  }

  /** Lets go of the file; once more does nothing. */
  close(): void {
    if (this.#file < 0) return;
    this.#data.close();
    closeSync(this.#file);
    this.#file = -1;
  }

  #gridRegular(gridStart: number, gridEnd: number, step: number, out: Float64Array): number {
    const { count, firstTime, stride } = this.#data.chunk;
    const { values } = scratch;
    const from = Math.max(0, Math.ceil((gridStart - firstTime) / stride));
    const to = Math.min(count, Math.ceil((gridEnd - firstTime) / stride));
    if (to <= from) return 0;
    let offset = firstTime + from * stride - gridStart;
    if (stride === step) {
      out.set(values.subarray(from, to), Math.floor(offset / step));
    } else {
      for (let i = from; i < to; i++, offset += stride) out[Math.floor(offset / step)] = values[i];
    }
    return to - from;
  }

  #gridIrregular(gridStart: number, gridEnd: number, step: number, out: Float64Array): number {
    const { count } = this.#data.chunk;
    const { times, values } = scratch;
    let written = 0;
    for (let i = 0; i < count; i++) {
      if (times[i] < gridStart || times[i] >= gridEnd) continue;
      out[Math.floor((times[i] - gridStart) / step)] = values[i];
      written++;
    }
    return written;
  }

  /** Calls `visit` for each sound chunk of a series that has times of `[from, until)`, or seems to. */
  #eachChunk(id: number, from: number, until: number, visit: () => void): void {
    const index = this.#open();
    if (!index.find(id)) return;
    const data = this.#data;
    data.openSeries(index.start, index.end);
    while (data.nextChunk()) {
      if (data.chunk.firstTime >= until) break;
      if (data.chunk.lastTime >= from) visit();
    }
  }

  #open(): SeriesIndex {
    if (this.#index) return this.#index;
    const { dataBytes, indexBytes, series } = this.#data.header;
    const bytes = new Uint8Array(indexBytes + PAD);
    const read = readUpTo(this.#file, bytes, 0, indexBytes, HEADER_BYTES + sectionBytes(dataBytes));
    try {
      this.#index = new SeriesIndex(bytes, read, series);
    } catch (error) {
      this.#data.tell(damageOf(error));
      const rebuilt = rebuildIndex(this.#data);
      const padded = new Uint8Array(rebuilt.bytes.length + PAD);
      padded.set(rebuilt.bytes);
      this.#index = new SeriesIndex(padded, rebuilt.bytes.length, rebuilt.series);
    }
    return this.#index;
  }
}
