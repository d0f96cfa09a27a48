import { writeAll } from './file-bytes.ts';
import { NO_START, PAGE_BYTES, PAYLOAD_BYTES, sealPage, TRAILER_BYTES } from './pages.ts';

const PAGES_AT_ONCE = 16;

/** Streams data into pages of a file, a quarter of a megabyte at a time; a seal may have many open. */
export class PageWriter {
  readonly #file: number;
  readonly #bytes = new Uint8Array(PAGES_AT_ONCE * PAGE_BYTES);
  /** Where the open page starts in #bytes, and how much data it has. */
  #pageAt = 0;
  #payload = 0;
  #pageNumber = 0;
  #firstId = 0;
  #firstAt = NO_START;
  /** Bytes of data taken. */
  length = 0;

  /** The file stands where the first page goes. */
  constructor(file: number) {
    this.#file = file;
  }

  /** The next byte is the first of series `id`. */
  startSeries(id: number): void {
    if (this.#payload === PAYLOAD_BYTES) this.#closePage();
    if (this.#firstAt !== NO_START) return;
    this.#firstAt = this.#payload;
    this.#firstId = id;
  }

  write(bytes: Uint8Array, length: number): void {
    this.length += length;
    let done = 0;
    while (done < length) {
      if (this.#payload === PAYLOAD_BYTES) this.#closePage();
      const part = Math.min(length - done, PAYLOAD_BYTES - this.#payload);
      this.#bytes.set(bytes.subarray(done, done + part), this.#pageAt + this.#payload);
      this.#payload += part;
      done += part;
    }
  }

  /** Writes out all that is left; nothing may be written after it. */
  end(): void {
    if (this.#payload > 0) this.#closePage();
    writeAll(this.#file, this.#bytes.subarray(0, this.#pageAt));
  }

  #closePage(): void {
    sealPage(this.#bytes, this.#pageAt, this.#payload, this.#pageNumber++, this.#firstId, this.#firstAt);
    this.#pageAt += this.#payload + TRAILER_BYTES;
    this.#payload = 0;
    this.#firstAt = NO_START;
    if (this.#pageAt < this.#bytes.length) return;
    writeAll(this.#file, this.#bytes);
    this.#pageAt = 0;
  }
}
