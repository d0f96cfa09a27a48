import { closeSync, fdatasyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mustNot } from '../../../../core/errors.ts';
import { encodeHeader, HEADER_BYTES } from './block-header.ts';
import { blockFileName, type BlockInfo, type BlockKey } from './block-key.ts';
import { ByteSink } from './codec/bytes.ts';
import { encodeChunk, MAX_CHUNK_BYTES, type ChunkPlace } from './codec/chunk.ts';
import { syncFolder, writeAll } from './file-bytes.ts';
import { PageWriter } from './page-writer.ts';
import { sectionBytes } from './pages.ts';
import { SeriesIndexBuilder } from './series-index.ts';

/** Points of a chunk in the middle of a series. Longer ones gain less than 1 % and cost every short read. */
const CHUNK_POINTS = 720;
/** Points of a series' last chunk at most, so that no short rest is left. */
const LAST_CHUNK_POINTS = 1080;

/**
 * Writes one block file: series in ascending order of id, points of each in order of time. It streams to `<name>.tmp`, which
 * only `finish` gives its name. After any throw (a system error such as ENOSPC comes as it is) call `abort`.
 */
export class BlockWriter {
  readonly #folder: string;
  readonly #key: BlockKey;
  readonly #path: string;
  #file: number;
  readonly #pages: PageWriter;
  readonly #index = new SeriesIndexBuilder();
  readonly #sink = new ByteSink(MAX_CHUNK_BYTES);
  /** Points of the open series that are in no chunk yet. */
  readonly #times = new Uint32Array(LAST_CHUNK_POINTS);
  readonly #values = new Float64Array(LAST_CHUNK_POINTS);
  #held = 0;
  readonly #place: ChunkPlace;
  #id = -1;
  #lastTime = -1;
  #seriesStart = 0;
  #points = 0;
  #minTime = Infinity;
  #maxTime = 0;

  constructor(folder: string, key: BlockKey) {
    this.#folder = folder;
    this.#key = key;
    this.#path = join(folder, blockFileName(key));
    this.#place = { origin: key.windowStart, isLast: false, idGap: 0 };
    this.#file = openSync(`${this.#path}.tmp`, 'w');
    writeAll(this.#file, new Uint8Array(HEADER_BYTES));
    this.#pages = new PageWriter(this.#file);
  }

  /**
   * Adds points `[start, start + count)` of a series. Ids come ascending, the same one as often as needed; its times (seconds, within
   * the key's window) strictly ascending. Values are not NaN.
   */
  append(id: number, times: Uint32Array, values: Float64Array, start: number, count: number): void {
    if (count === 0) return;
    if (id !== this.#id) this.#startSeries(id);
    if (times[start] < this.#key.windowStart || times[start + count - 1] >= this.#key.windowEnd)
      mustNot(`points of series ${id} are outside of the block's window: ${times[start]} to ${times[start + count - 1]}`);
    this.#minTime = Math.min(this.#minTime, times[start]);
    this.#maxTime = Math.max(this.#maxTime, times[start + count - 1]);
    this.#points += count;
    const heldTimes = this.#times;
    const heldValues = this.#values;
    let before = this.#lastTime;
    let held = this.#held;
    for (let i = start; i < start + count; i++) {
      const time = times[i];
      if (time <= before) mustNot(`points of series ${id} are out of order: ${time} after ${before}`);
      if (held === LAST_CHUNK_POINTS) held = this.#writeChunk(CHUNK_POINTS, held, false);
      heldTimes[held] = before = time;
      heldValues[held++] = values[i];
    }
    this.#held = held;
    this.#lastTime = before;
  }

  /** Completes the file, makes it outlive a power cut and gives it its name. */
  finish(): BlockInfo {
    this.#endSeries();
    this.#pages.end();
    const index = this.#index.finish();
    const dataBytes = this.#pages.length;
    const series = this.#index.series;
    const times = series === 0 ? { minTime: this.#key.windowStart, maxTime: this.#key.windowStart } : { minTime: this.#minTime, maxTime: this.#maxTime };
    const counts = { ...this.#key, ...times, series, points: this.#points };
    const header = encodeHeader({ ...counts, dataBytes, indexBytes: index.length });
    writeAll(this.#file, index);
    writeAll(this.#file, header);
    writeAll(this.#file, header, 0);
    fdatasyncSync(this.#file);
    this.#close();
    renameSync(`${this.#path}.tmp`, this.#path);
    syncFolder(this.#folder);
    return { ...counts, path: this.#path, bytes: sectionBytes(dataBytes) + index.length + 2 * HEADER_BYTES };
  }

  /** Gives up: nothing of the block is left on disk. Harmless after `finish`. */
  abort(): void {
    this.#close();
    rmSync(`${this.#path}.tmp`, { force: true });
  }

  #close(): void {
    if (this.#file < 0) return;
    closeSync(this.#file);
    this.#file = -1;
  }

  #startSeries(id: number): void {
    if (id < this.#id) mustNot(`series ${id} comes after ${this.#id}`);
    this.#endSeries();
    this.#seriesStart = this.#pages.length;
    this.#pages.startSeries(id);
    this.#place.idGap = id - this.#id - 1;
    this.#id = id;
    this.#lastTime = -1;
  }

  #endSeries(): void {
    if (this.#id < 0) return;
    this.#held = this.#writeChunk(this.#held, this.#held, true);
    this.#index.add(this.#id, this.#pages.length - this.#seriesStart);
  }

  /** Writes the first `count` of `held` points as a chunk; answers how many are held then. */
  #writeChunk(count: number, held: number, isLast: boolean): number {
    const sink = this.#sink;
    this.#place.isLast = isLast;
    encodeChunk(sink, this.#times, this.#values, 0, count, this.#place);
    this.#place.idGap = 0;
    this.#pages.write(sink.bytes, sink.at);
    sink.at = 0;
    this.#times.copyWithin(0, count, held);
    this.#values.copyWithin(0, count, held);
    return held - count;
  }
}
