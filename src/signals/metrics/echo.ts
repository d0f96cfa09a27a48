/** A received piece of bytes, before anybody asked what became of it. */
export interface EchoNote {
  id: number;
  time: number;
  protocol: 'statsd' | 'carbon' | 'pickle';
  transport: 'udp' | 'tcp' | 'unix';
  from: string;
  bytes: Uint8Array;
}

const KEPT = 200;
const MOST_BYTES = 2048;
const MOST_PER_SECOND = 50;

/**
 * Remembers the last packets as they came, for the packet echo. Cheap enough for hot paths: at most 50 notes a second are
 * kept, further calls return at once. What became of a line is explained only when somebody looks.
 */
export class Echo {
  readonly #notes: EchoNote[] = [];
  #next = 1;
  #second = 0;
  #inSecond = 0;

  /** True while this second still has room; hot paths ask before they copy. */
  wants(now: number): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
    }
    return this.#inSecond < MOST_PER_SECOND;
  }

  /** Copies up to 2 kB of `bytes[start..end)`. */
  note(protocol: EchoNote['protocol'], transport: EchoNote['transport'], from: string, bytes: Uint8Array, start: number, end: number, now: number): void {
    if (!this.wants(now)) return;
    this.#inSecond++;
    this.#notes.push({ id: this.#next++, time: now, protocol, transport, from, bytes: bytes.slice(start, Math.min(end, start + MOST_BYTES)) });
    if (this.#notes.length > KEPT) this.#notes.shift();
  }

  /** Notes with an id above `after`, oldest first. */
  since(after: number): EchoNote[] {
    return this.#notes.filter((note) => note.id > after);
  }
}
