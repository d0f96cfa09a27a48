// Writes stretches of a row as JSON. JavaScript puts values at `input` and takes the text from `output`.

import { advance, setClock, writeSeconds } from './clock';
import { writeNumber as writeNumberAt } from './numbers';

export { powers } from './powers';

/** Values that are written at once. */
export const CAPACITY: u32 = 1024;

export const input: usize = memory.data(1024 * 8, 16);
/** No `,[value,seconds]` is longer than 64 bytes. */
export const output: usize = memory.data(1024 * 64, 16);

const COMMA: u8 = 44;
const NULL: u32 = 0x6c6c756e;
/** JSON lacks infinity: a number too large for a double. */
const INFINITY_TEXT: u64 = 0x393939396531; // 1e9999

/** A finite number. Answers its bytes. */
export function writeNumber(value: f64): usize {
  return writeNumberAt(output, value) - output;
}

/** The first `count` values with commas before each but, when `first`, the first one. Answers the bytes. */
export function writeValues(count: u32, first: bool): usize {
  let at = output;
  for (let i: u32 = 0; i < count; i++) {
    if (i > 0 || !first) store<u8>(at++, COMMA);
    at = writeValue(at, load<f64>(input + (i << 3)));
  }
  return at - output;
}

/** As `writeValues`, as `[value,seconds]` from the time `start` on, in milliseconds; gaps are left out when `known`. */
export function writePoints(count: u32, start: f64, step: f64, first: bool, known: bool): usize {
  let at = output;
  let separate = !first;
  setClock(start, step, count);
  for (let i: u32 = 0; i < count; i++, advance()) {
    const value = load<f64>(input + (i << 3));
    if (known && value != value) continue;
    if (separate) store<u8>(at++, COMMA);
    separate = true;
    store<u8>(at, 91);
    at = writeValue(at + 1, value);
    store<u8>(at, COMMA);
    at = writeSeconds(at + 1);
    store<u8>(at++, 93);
  }
  return at - output;
}

// @ts-ignore: decorator
@inline
function writeValue(at: usize, value: f64): usize {
  if (value - value == 0) return writeNumberAt(at, value);
  if (value == value) {
    let end = at;
    if (value < 0) store<u8>(end++, 45);
    store<u64>(end, INFINITY_TEXT);
    return end + 6;
  }
  store<u32>(at, NULL);
  return at + 4;
}
