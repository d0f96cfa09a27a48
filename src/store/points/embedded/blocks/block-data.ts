import type { BlockHeader } from './block-header.ts';
import { damaged, damageOf } from './codec/bytes.ts';
import { ChunkHeader, MAX_CHUNK_BYTES, MAX_CHUNK_HEADER_BYTES } from './codec/chunk.ts';
import { windowOf, type PageWindow } from './page-window.ts';
import { pageCount, PAYLOAD_BYTES } from './pages.ts';

/** Hears of damage: the file and what is lost of it. */
export type OnDamage = (file: string, what: string) => void;

/** Walks over the chunks of a block's data, past what is damaged. */
export class BlockData {
  readonly path: string;
  readonly header: BlockHeader;
  /** The chunk that nextChunk found. */
  readonly chunk = new ChunkHeader();
  /** After the first nextChunk of a series: how many ids are between it and the series before. -1 while not known. */
  idGap = -1;
  /** Where the walk stands. */
  at = 0;
  readonly #file: number;
  readonly #onDamage: OnDamage | undefined;
  readonly #told = new Set<number>();
  #window: PageWindow | undefined;
  #limit = 0;
  #ended = false;

  constructor(file: number, path: string, header: BlockHeader, onDamage: OnDamage | undefined) {
    this.#file = file;
    this.path = path;
    this.header = header;
    this.#onDamage = onDamage;
  }

  /** True when the series was walked to its end. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Stands before a series whose data starts at `start` and ends by `limit`. */
  openSeries(start: number, limit: number): void {
    this.at = start;
    this.#limit = Math.min(limit, this.header.dataBytes);
    this.#ended = false;
    this.idGap = -1;
  }

  /** Goes to the next sound chunk of the series; false at its end, or where damage hides how it goes on. */
  nextChunk(): boolean {
    const { chunk } = this;
    while (!this.#ended && this.at < this.#limit) {
      const start = this.at;
      const window = this.#reach(start);
      if (!this.#isSound(window, start, Math.min(start + MAX_CHUNK_HEADER_BYTES, this.#limit))) return false;
      const { source } = window;
      source.open(start - window.start, Math.min(this.#limit, window.end) - window.start);
      try {
        chunk.read(source, this.header.windowStart);
      } catch (error) {
        this.#tellImpossible(start, error);
        return false;
      }
      if (this.idGap < 0) this.idGap = chunk.idGap;
      this.at = window.start + chunk.end;
      this.#ended = chunk.isLast;
      if (this.#isSound(window, start, this.at)) return true;
    }
    return false;
  }

  /** Decodes the chunk that nextChunk found, see ChunkHeader.decode; false when it cannot be. */
  decode(withTimes: boolean): boolean {
    try {
      this.chunk.decode((this.#window as PageWindow).source, withTimes);
      return true;
    } catch (error) {
      this.#tellImpossible(this.at, error);
      return false;
    }
  }

  /** The first series that starts in `page` or a later one and can be told. */
  firstSeriesFrom(page: number): { id: number; at: number } | undefined {
    for (let i = page; i < pageCount(this.header.dataBytes); i++) {
      this.#limit = this.header.dataBytes;
      const window = this.#reach(i * PAYLOAD_BYTES);
      this.#isSound(window, i * PAYLOAD_BYTES, i * PAYLOAD_BYTES + 1);
      const found = window.firstSeriesIn(i);
      if (found) return found;
    }
    return undefined;
  }

  /** Tells of damage, or throws it when nobody listens. */
  tell(what: string): void {
    if (!this.#onDamage) throw damaged(`cannot read block ${this.path}: ${what}`);
    this.#onDamage(this.path, what);
  }

  /** Lets go of the memory for reading. */
  close(): void {
    if (this.#window?.owner === this) this.#window.owner = undefined;
  }

  /** A window that has the chunk at `at`, however long it is. Reads further ahead when the walk goes on from the window before. */
  #reach(at: number): PageWindow {
    const window = (this.#window = windowOf(this, this.#window));
    const { dataBytes } = this.header;
    const needed = Math.min(at + MAX_CHUNK_BYTES, this.#limit);
    if (at >= window.start && needed <= window.end) return window;
    const goesOn = window.end > 0 && at >= window.start && at <= window.end + PAYLOAD_BYTES;
    window.load(this.#file, dataBytes, at, goesOn ? dataBytes : this.#limit);
    return window;
  }

  /** Sound pages hold what no writer wrote: the checksum was fooled, or there is a bug. */
  #tellImpossible(at: number, error: unknown): void {
    this.tell(`its data near byte ${at} is damaged: ${damageOf(error)}`);
  }

  #isSound(window: PageWindow, from: number, to: number): boolean {
    const page = window.damagedPage(from, to);
    if (page < 0) return true;
    if (!this.#told.has(page)) {
      this.tell(`page ${page} of its data is damaged`);
      this.#told.add(page);
    }
    return false;
  }
}
