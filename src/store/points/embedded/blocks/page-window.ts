import { ByteSource, PAD } from './codec/bytes.ts';
import { readUpTo } from './file-bytes.ts';
import { firstSeries, isSound, NO_START, PAGE_BYTES, pageCount, pageOffset, PAYLOAD_BYTES, TRAILER_BYTES } from './pages.ts';

const WINDOW_PAGES = 16;
/** Windows that a thread keeps; readers take turns with them. */
const MAX_WINDOWS = 32;

/** A stretch of one block's data, checked and with the trailers taken out. */
export class PageWindow {
  readonly source = new ByteSource(new Uint8Array(WINDOW_PAGES * PAGE_BYTES + PAD));
  owner: object | undefined;
  lastUse = 0;
  /** Data at hand: `source.bytes[0]` is byte `start`. */
  start = 0;
  end = 0;
  #firstPage = 0;
  readonly #sound = new Uint8Array(WINDOW_PAGES);
  readonly #firsts: { id: number; at: number }[] = [];

  /** Loads the pages that data `[from, to)` lies in, as far as the window reaches. Damaged or missing pages are in it, but known. */
  load(file: number, dataBytes: number, from: number, to: number): void {
    const { bytes } = this.source;
    const first = Math.floor(from / PAYLOAD_BYTES);
    const pages = Math.min(WINDOW_PAGES, pageCount(Math.min(to, dataBytes)) - first);
    const read = readUpTo(file, bytes, 0, pages * PAGE_BYTES, pageOffset(first));
    this.#firstPage = first;
    this.start = first * PAYLOAD_BYTES;
    this.end = this.start;
    for (let i = 0; i < pages; i++) {
      const at = i * PAGE_BYTES;
      const payload = Math.min(PAYLOAD_BYTES, dataBytes - this.end);
      const sound = at + payload + TRAILER_BYTES <= read && isSound(bytes, at, payload, first + i);
      this.#sound[i] = sound ? 1 : 0;
      this.#firsts[i] = sound ? firstSeries(bytes, at, payload) : { id: 0, at: NO_START };
      bytes.copyWithin(i * PAYLOAD_BYTES, at, at + payload);
      this.end += payload;
    }
  }

  /** Number of the first damaged page that data `[from, to)`, all of it at hand, lies in, or -1. */
  damagedPage(from: number, to: number): number {
    const last = Math.floor((to - 1) / PAYLOAD_BYTES);
    for (let page = Math.floor(from / PAYLOAD_BYTES); page <= last; page++) if (this.#sound[page - this.#firstPage] === 0) return page;
    return -1;
  }

  /** The first series that starts in a page at hand, and at which byte of the data; undefined when there is none or the page is damaged. */
  firstSeriesIn(page: number): { id: number; at: number } | undefined {
    const first = this.#firsts[page - this.#firstPage];
    return first.at === NO_START ? undefined : { id: first.id, at: page * PAYLOAD_BYTES + first.at };
  }
}

// The only state of a module here, and no more than a cache: work on blocks is synchronous, so windows never wait for each other.
const windows: PageWindow[] = [];
let uses = 0;

/** A window for `owner`: the one that it had, with what is in it, or an empty one, perhaps taken from who used it longest ago. */
export function windowOf(owner: object, had: PageWindow | undefined): PageWindow {
  let window = had?.owner === owner ? had : windows.find((one) => one.owner === undefined);
  if (!window && windows.length < MAX_WINDOWS) windows.push((window = new PageWindow()));
  window ??= windows.reduce((oldest, one) => (one.lastUse < oldest.lastUse ? one : oldest));
  if (window.owner !== owner) {
    window.owner = owner;
    window.start = 0;
    window.end = 0;
  }
  window.lastUse = ++uses;
  return window;
}
