import type { Row } from '../../core/frame.ts';
import { type ByteWriter, writeNumber, writeValue } from './byte-writer.ts';
import { foldRows, type PointsWanted } from './points.ts';

/** Longest `[value, time],`. */
const MAX_POINT = 64;
/** A chunk of points that room is made for at once. */
const CHUNK = 1024;

/** Graphite's JSON: `[{"target", "tags", "datapoints": [[value|null, seconds], …]}, …]`. */
export function writeJson(out: ByteWriter, rows: readonly Row[], { maxDataPoints, noNullPoints }: PointsWanted): void {
  const folded = maxDataPoints === undefined ? rows : foldRows(rows, maxDataPoints);
  const known = noNullPoints === true;
  out.text('[');
  let separator = '';
  for (const row of folded) {
    if (known && !row.values.some((value) => value === value)) continue;
    out.text(`${separator}{"target":${JSON.stringify(row.name)},"tags":${JSON.stringify(row.tags)},"datapoints":[`);
    writePoints(out, row, known);
    out.text(']}');
    separator = ',';
  }
  out.text(']');
}

function writePoints(out: ByteWriter, { values, start, step }: Row, known: boolean): void {
  const clock = new DecimalClock(start / 1000, step / 1000);
  let first = true;
  for (let chunk = 0; chunk < values.length; chunk += CHUNK) {
    const bytes = out.reserve(CHUNK * MAX_POINT);
    const end = Math.min(chunk + CHUNK, values.length);
    let at = out.length;
    for (let i = chunk; i < end; i++) {
      const value = values[i];
      if (!known || value === value) {
        if (!first) bytes[at++] = 44;
        first = false;
        bytes[at++] = 91;
        at = writeValue(bytes, at, value);
        bytes[at++] = 44;
        at = clock.write(bytes, at);
        bytes[at++] = 93;
      }
      clock.advance();
    }
    out.advance(at);
  }
}

/** Seconds as text that are moved on by adding digits, which is faster than writing each anew. */
class DecimalClock {
  readonly #digits = new Uint8Array(32);
  readonly #step: number;
  #length: number;
  #seconds: number;
  /** The step's digits can be added: both numbers are whole and positive. */
  readonly #byDigits: boolean;

  constructor(seconds: number, step: number) {
    this.#seconds = seconds;
    this.#step = step;
    this.#byDigits = Number.isInteger(seconds) && seconds > 0 && Number.isInteger(step) && step < 1e9;
    this.#length = writeNumber(this.#digits, 0, seconds);
  }

  write(bytes: Uint8Array, at: number): number {
    const digits = this.#digits;
    const length = this.#length;
    for (let i = 0; i < length; i++) bytes[at + i] = digits[i];
    return at + length;
  }

  advance(): void {
    this.#seconds += this.#step;
    if (!this.#byDigits || !this.#addStep()) this.#length = writeNumber(this.#digits, 0, this.#seconds);
  }

  /** False when the sum has more digits than fit. */
  #addStep(): boolean {
    const digits = this.#digits;
    let rest = this.#step;
    for (let i = this.#length - 1; rest > 0; i--) {
      if (i < 0) return false;
      const sum = digits[i] - 48 + rest;
      rest = (sum / 10) | 0;
      digits[i] = 48 + sum - rest * 10;
    }
    return true;
  }
}
