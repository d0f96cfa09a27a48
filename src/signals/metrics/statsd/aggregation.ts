import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { Kind } from '../../../core/series.ts';
import { readLine, type LineRules } from './line.ts';
import { keyOf } from './names.ts';
import { SketchSamples, type Sketch } from './sketch-samples.ts';
import type { TimerSamples } from './timer-numbers.ts';
import { ExactSamples } from './timer-samples.ts';
import { LAYOUT, type StatsdWasm } from './wasm.ts';

const MODULE = new WebAssembly.Module(readFileSync(new URL('statsd.gen.wasm', import.meta.url)));
const DONE = 0;
const UNKNOWN = 2;
const NONE = 0xffff_ffff;
const PAGE_BYTES = 256;
/** Room for a name with its tags, on average. */
const SPELLING_BYTES = 96;
/** Bounds of one interval: pages of timers' samples, and members of all sets. */
const MOST_PAGES = 1_048_576;
const MOST_MEMBERS = 1_048_576;

/** The largest piece of bytes that is read at once: a datagram, or the full lines of a stream's chunk. */
export const INPUT_BYTES = 65_536;

export interface AggregationOptions extends LineRules {
  maxSeries: number;
  /** Slots for recvmmsg; 0 where datagrams come another way. */
  slots: number;
  /** Hears lines that are facts (`_e{…`, `_sc|…`). */
  factLine(line: string): void;
}

/** Bytes of a slot, the last SLOT_GUARD of which stay free, and of the place for what is longer. */
export const SLOT_BYTES = 2048;
export const SLOT_GUARD = 64;
export const SLOT_OVERFLOW_BYTES = 65_536;

/**
 * The numbers of the current interval: a wasm module that parses and adds, and the names, which JavaScript keeps. Bounded in every
 * direction; what finds no room is counted. Numbers are read series by series after `swap`, while new ones go on arriving.
 */
export class Aggregation {
  readonly wasm: StatsdWasm;
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly #bytes: Buffer;
  readonly #words: Uint32Array;
  readonly #floats: Float64Array;
  readonly #options: AggregationOptions;
  /** Record by key, one map per kind. */
  readonly #records: Map<string, number>[] = [new Map(), new Map(), new Map(), new Map(), new Map()];
  readonly #keys: string[] = [];
  readonly #scratch: number;
  #lines = 0;
  #badLines = 0;
  #refused = 0;
  #newSeries = 0;

  constructor(options: AggregationOptions) {
    this.#options = options;
    const memory = new WebAssembly.Memory({ initial: 1 });
    this.wasm = new WebAssembly.Instance(MODULE, { env: { memory } }).exports as unknown as StatsdWasm;
    const maxSeries = Math.floor(options.maxSeries);
    this.wasm.init(
      maxSeries,
      maxSeries * SPELLING_BYTES,
      Math.min(Math.max(maxSeries, 65_536), MOST_PAGES),
      Math.min(Math.max(maxSeries, 262_144), MOST_MEMBERS),
      INPUT_BYTES,
      options.slots,
      SLOT_BYTES,
      SLOT_OVERFLOW_BYTES,
      randomBytes(8).readBigUInt64LE(),
    );
    this.wasm.setHistograms(options.histograms === 'timer' ? Kind.timer : Kind.counter);
    this.memory = new Uint8Array(memory.buffer);
    this.#bytes = Buffer.from(memory.buffer);
    this.#words = new Uint32Array(memory.buffer);
    this.#floats = new Float64Array(memory.buffer);
    this.#scratch = this.wasm.scratch.value;
  }

  /** Reads the first `count` datagrams in the slots. */
  packets(count: number): void {
    this.#settle(this.wasm.startPackets(count));
  }

  /** Reads lines from `bytes[start..end)`, at most INPUT_BYTES; the last needs no newline. */
  lines(bytes: Uint8Array, start: number, end: number): void {
    this.memory.set(bytes.subarray(start, end), this.wasm.input.value);
    this.#settle(this.wasm.startInput(end - start));
  }

  #settle(stop: number): void {
    while (stop !== DONE) {
      if (stop !== UNKNOWN || !this.#adopt()) {
        this.#readSlowly();
        this.wasm.skipLine();
      }
      stop = this.wasm.resume();
    }
  }

  /** Enters the spelling that stopped the parser, which then reads the line again. False when the line needs the full rules. */
  #adopt(): boolean {
    const { pendingName, pendingNameBytes, pendingTags, pendingTagBytes, pendingKind } = this.wasm;
    const name = this.#text(pendingName.value, pendingNameBytes.value);
    if (name.includes('|#') || isFact(name)) return false;
    const key = keyOf(name, this.#text(pendingTags.value, pendingTagBytes.value), this.#options.sanitize);
    if (key === undefined) return false;
    const kind = pendingKind.value as Kind;
    const known = this.#records[kind].get(key);
    const index = this.wasm.enter(pendingName.value, pendingNameBytes.value, pendingTags.value, pendingTagBytes.value, kind, known ?? NONE) >>> 0;
    if (index !== NONE) {
      if (known === undefined) this.#remember(index, kind, key);
      else this.#keys[index] = '';
    }
    return true;
  }

  #readSlowly(): void {
    const start = this.wasm.cursor.value;
    const line = this.#text(start, this.#bytes.indexOf(10, start) - start);
    this.#lines++;
    if (isFact(line)) {
      this.#options.factLine(line);
      return;
    }
    const { key, readings } = readLine(line, this.#options);
    for (const { fault, kind, value, weight, signed, member } of readings) {
      if (fault) this.#badLines++;
      else if (kind === Kind.set) this.#addMember(key, member);
      else this.add(kind, key, value, weight, signed);
    }
  }

  /** Adds a value to a series by its key. */
  add(kind: Kind, key: string, value: number, weight = 1, signed = false): void {
    const index = this.#resolve(kind, key);
    if (index === NONE) this.#refused++;
    else this.wasm.applyNumber(index, kind, value, weight, signed ? 1 : 0);
  }

  #addMember(key: string, member: string): void {
    const index = this.#resolve(Kind.set, key);
    if (index === NONE) this.#refused++;
    else this.wasm.applyMember(index, this.#scratch, this.#bytes.write(member, this.#scratch, INPUT_BYTES));
  }

  #resolve(kind: Kind, key: string): number {
    const known = this.#records[kind].get(key);
    if (known !== undefined) return known;
    const length = this.#bytes.write(key, this.#scratch);
    const index = this.wasm.enter(this.#scratch, length, this.#scratch, 0, kind, NONE) >>> 0;
    if (index !== NONE) this.#remember(index, kind, key);
    return index;
  }

  #remember(index: number, kind: Kind, key: string): void {
    this.#records[kind].set(key, index);
    this.#keys[index] = key;
    this.#newSeries++;
  }

  #text(start: number, length: number): string {
    return this.#bytes.toString('utf8', start, start + length);
  }

  /** What was counted since the last call. */
  takeCounts(): { lines: number; badLines: number; refused: number; newSeries: number; membersDropped: number; samplesDropped: number } {
    const { wasm } = this;
    const counts = {
      lines: this.#lines + wasm.lines.value,
      badLines: this.#badLines,
      refused: this.#refused + wasm.refused.value,
      newSeries: this.#newSeries,
      membersDropped: wasm.membersDropped.value,
      samplesDropped: wasm.samplesDropped.value,
    };
    wasm.clearParsed();
    wasm.clearDrops();
    this.#lines = this.#badLines = this.#refused = this.#newSeries = 0;
    return counts;
  }

  /** Series by kind and key, as the admin interface lists them. */
  known(kind: Kind): ReadonlyMap<string, number> {
    return this.#records[kind];
  }

  /** Records ever used; indices for `kindAt` are below. */
  get recordLimit(): number {
    return this.#keys.length;
  }

  get seriesInUse(): number {
    return this.wasm.seriesInUse();
  }

  /** The kind of a record, 0 when it is free or only another spelling. */
  kindAt(index: number): Kind {
    const kind = this.#words[(this.wasm.records.value + index * LAYOUT.recordBytes + LAYOUT.kind) >>> 2];
    return kind > Kind.set ? Kind.unknown : (kind as Kind);
  }

  keyAt(index: number): string {
    return this.#keys[index];
  }

  /** Ends the interval: what was added becomes readable below, until `clear`. */
  swap(): void {
    this.wasm.swap();
  }

  /** How often a series was written in the ended interval; of a timer, its samples. */
  touches(index: number): number {
    return this.#words[(this.#bank(index) + LAYOUT.touches) >>> 2];
  }

  /** A counter's sum, a timer's summed 1/rate, a set's members in the ended interval. */
  amount(index: number): number {
    return this.#floats[(this.#bank(index) + LAYOUT.amount) >>> 3];
  }

  /** A gauge's value at the end of the interval. */
  gaugeAtEnd(index: number): number {
    return this.wasm.gaugeAtEnd(index);
  }

  /** A timer's samples of the ended interval, valid until the next call. */
  samples(index: number): TimerSamples {
    const count = this.touches(index);
    if (count > LAYOUT.exactSamples) return new SketchSamples(this.#sketch(index, count));
    this.wasm.copySamples(this.#bank(index), this.#scratch);
    return new ExactSamples(this.#floats.subarray(this.#scratch >>> 3, (this.#scratch >>> 3) + count));
  }

  #sketch(index: number, count: number): Sketch {
    const head = this.#page(this.#words[(this.#bank(index) + LAYOUT.page) >>> 2]);
    const octavePage = (octave: number): number => this.#words[(head + LAYOUT.octaves + octave * 4) >>> 2];
    const [sum, squares, lowest, highest] = this.#floats.subarray(head >>> 3, (head >>> 3) + 4);
    return {
      count,
      sum,
      squares,
      lowest,
      highest,
      hasOctave: (octave) => octavePage(octave) !== 0,
      countAt: (octave, bucket) => {
        const at = (this.#page(octavePage(octave)) >>> 2) + bucket * 2;
        return this.#words[at] + this.#words[at + 1] * 0x1_0000_0000;
      },
    };
  }

  #page(number: number): number {
    return this.wasm.pages.value + (number - 1) * PAGE_BYTES;
  }

  #bank(index: number): number {
    return this.wasm.records.value + index * LAYOUT.recordBytes + this.wasm.flushedBank();
  }

  /** A counter's sum so far in the interval that goes on, or a gauge's value now. */
  currentValue(index: number): number {
    const record = this.wasm.records.value + index * LAYOUT.recordBytes;
    return this.#floats[(this.kindAt(index) === Kind.gauge ? record + LAYOUT.latest : this.#receivingBank(index)) >>> 3];
  }

  /** A timer's samples so far in the interval that goes on; no values where there are so many that they are in a sketch. */
  currentSamples(index: number): { count: number; values: Float64Array } {
    const bank = this.#receivingBank(index);
    const count = this.#words[(bank + LAYOUT.touches) >>> 2];
    if (count > LAYOUT.exactSamples) return { count, values: new Float64Array(0) };
    this.wasm.copySamples(bank, this.#scratch);
    return { count, values: this.#floats.slice(this.#scratch >>> 3, (this.#scratch >>> 3) + count) };
  }

  #receivingBank(index: number): number {
    return this.wasm.records.value + index * LAYOUT.recordBytes + LAYOUT.bothBanks - this.wasm.flushedBank();
  }

  /** Empties a series' ended interval. */
  clear(index: number): void {
    this.wasm.clearBank(index, this.kindAt(index), this.wasm.flushedBank());
  }

  /** Whether a series was written in the interval that goes on. */
  isBusy(index: number): boolean {
    return this.wasm.isBusy(index) !== 0;
  }

  /** Forgets a series, whose further spellings must be forgotten before; the next line with its name starts it anew. */
  remove(index: number): void {
    const kind = this.kindAt(index);
    if (kind === Kind.unknown) return;
    this.wasm.clearBoth(index, kind);
    this.wasm.release(index);
    this.#records[kind].delete(this.#keys[index]);
    this.#keys[index] = '';
  }

  /** Forgets further spellings of series; they are learnt again when they come. */
  forgetSpellings(of: (target: number) => boolean): void {
    for (let index = 0; index < this.#keys.length; index++) {
      const record = (this.wasm.records.value + index * LAYOUT.recordBytes) >>> 2;
      if (this.#words[record + LAYOUT.kind / 4] > Kind.set && of(this.#words[record + LAYOUT.target / 4])) this.wasm.release(index);
    }
  }
}

function isFact(line: string): boolean {
  return line.startsWith('_e{') || line.startsWith('_sc|');
}
