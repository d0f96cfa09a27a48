import { readFileSync } from 'node:fs';
import type { ByteWriter } from './byte-writer.ts';

type Global = WebAssembly.Global<'i32'>;

/** The exports of assembly/index.ts. */
interface NumbersWasm {
  memory: WebAssembly.Memory;
  powers: Global;
  input: Global;
  output: Global;
  writeNumber(value: number): number;
  writeValues(count: number, first: boolean): number;
  writePoints(count: number, start: number, step: number, first: boolean, known: boolean): number;
}

const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(new URL('numbers.gen.wasm', import.meta.url)))).exports as unknown as NumbersWasm;

/** Values that are written at once. */
export const CAPACITY = 1024;

const input = new Float64Array(wasm.memory.buffer, wasm.input.value, CAPACITY);
/** What was written last. */
export const output = new Uint8Array(wasm.memory.buffer, wasm.output.value, CAPACITY * 64);

fillPowers(new BigUint64Array(wasm.memory.buffer, wasm.powers.value));

/** Takes values from `at` on to write them next; answers how many it could. */
export function takeValues(values: Float64Array, at: number): number {
  const count = Math.min(CAPACITY, values.length - at);
  input.set(values.subarray(at, at + count));
  return count;
}

/** Writes a finite number in its shortest form, the one that `String` gives, into `output`; answers its bytes. */
export const writeNumber = (value: number): number => wasm.writeNumber(value);

/**
 * Writes the first `count` values taken as JSON into `output`, with commas between and, unless they are the `first`, before; answers the
 * bytes. A gap is null, and an infinity, which JSON lacks, a number too large for a double.
 */
export const writeValues = (count: number, first: boolean): number => wasm.writeValues(count, first);

/** One value as `writeValues` writes it; what is not there is a gap. */
export function writeValue(out: ByteWriter, value = NaN): void {
  input[0] = value;
  out.bytes(output, wasm.writeValues(1, true));
}

/** As `writeValues`, as `[value,seconds]`: `start` and `step` are milliseconds. `known` leaves gaps out. */
export const writePoints = (count: number, start: number, step: number, first: boolean, known: boolean): number =>
  wasm.writePoints(count, start, step, first, known);

/** 10^-292 to 10^324, each times the power of two that makes it 128 bits long, rounded up; low words first. */
function fillPowers(words: BigUint64Array): void {
  for (let exponent = -292, i = 0; exponent <= 324; exponent++, i += 2) {
    const power = 10n ** BigInt(Math.abs(exponent));
    const bits = BigInt(power.toString(2).length);
    const [dividend, divisor] = exponent < 0 ? [1n << (127n + bits), power] : [power << 128n, 1n << bits];
    const rounded = (dividend + divisor - 1n) / divisor;
    words[i] = BigInt.asUintN(64, rounded);
    words[i + 1] = rounded >> 64n;
  }
}
