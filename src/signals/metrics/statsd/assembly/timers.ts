import { AMOUNT, PAGE, PAGE_BYTES, TOUCHES } from './layout';
import { givePage, linkOf, pageAt, takePage } from './pages';

// A timer's interval: its samples as they are while there are few, then a sketch of logarithmic buckets (32 in each octave, so
// that a bucket is at most 1/32 wide and its middle at most 1.6 % away) beside exact sums and bounds.

export const EXACT: u32 = 256;
const PER_PAGE: u32 = 32;

// The sketch's first page; then one u32 per octave, the page of its 32 counts (u64).
export const SUM: usize = 0;
export const SQUARES: usize = 8;
export const LOWEST: usize = 16;
export const HIGHEST: usize = 24;
export const OCTAVES: usize = 32;
export const OCTAVE_COUNT: u32 = 56;
/** Octave 0 starts at 2^-16 and takes what is smaller, octave 55 takes what is larger. */
export const FIRST_EXPONENT: i32 = -16;

/** Adds a sample that stands for 1/rate events. Returns how many samples were dropped because the pool had no page left. */
export function time(bank: usize, value: f64, weight: f64): u32 {
  const count = load<u32>(bank, TOUCHES);
  let dropped: u32 = 0;
  if (count < EXACT) {
    let page = load<u32>(bank, PAGE);
    if ((count & (PER_PAGE - 1)) == 0) {
      page = takePage(page);
      if (page == 0) return 1;
      store<u32>(bank, page, PAGE);
    }
    store<f64>(pageAt(page) + <usize>(count & (PER_PAGE - 1)) * 8, value);
  } else {
    if (count == EXACT) {
      dropped = toSketch(bank);
      // From here on the page is a sketch's, whatever becomes of this sample.
      store<u32>(bank, EXACT + 1, TOUCHES);
    }
    if (!sketch(load<u32>(bank, PAGE), value)) return dropped + 1;
  }
  store<u32>(bank, count + 1, TOUCHES);
  store<f64>(bank, load<f64>(bank, AMOUNT) + weight, AMOUNT);
  return dropped;
}

const scratch = memory.data(2048, 16); // EXACT samples

/**
 * Turns 256 samples into a sketch. Their eight pages are given back first, so there is room for at least seven octaves.
 * Returns how many samples were dropped for want of more.
 */
function toSketch(bank: usize): u32 {
  copySamples(bank, scratch);
  freePages(load<u32>(bank, PAGE), false);
  const head = takePage(0);
  const at = pageAt(head);
  memory.fill(at, 0, PAGE_BYTES);
  store<f64>(at, Infinity, LOWEST);
  store<f64>(at, -Infinity, HIGHEST);
  store<u32>(bank, head, PAGE);
  let dropped: u32 = 0;
  for (let i: usize = 0; i < EXACT; i++) if (!sketch(head, load<f64>(scratch + i * 8))) dropped++;
  return dropped;
}

function sketch(head: u32, value: f64): bool {
  const at = pageAt(head);
  const bits = reinterpret<u64>(value);
  let octave = <i32>(bits >> 52) - 1023 - FIRST_EXPONENT;
  let bucket = <u32>(bits >> 47) & 31;
  if (octave < 0 || value < 0) {
    octave = 0;
    bucket = 0;
  } else if (octave >= <i32>OCTAVE_COUNT) {
    octave = OCTAVE_COUNT - 1;
    bucket = 31;
  }
  const slot = at + OCTAVES + <usize>octave * 4;
  let page = load<u32>(slot);
  if (page == 0) {
    page = takePage(0);
    if (page == 0) return false;
    memory.fill(pageAt(page), 0, PAGE_BYTES);
    store<u32>(slot, page);
  }
  const counter = pageAt(page) + <usize>bucket * 8;
  store<u64>(counter, load<u64>(counter) + 1);
  store<f64>(at, load<f64>(at, SUM) + value, SUM);
  store<f64>(at, load<f64>(at, SQUARES) + value * value, SQUARES);
  if (value < load<f64>(at, LOWEST)) store<f64>(at, value, LOWEST);
  if (value > load<f64>(at, HIGHEST)) store<f64>(at, value, HIGHEST);
  return true;
}

/** Copies up to 256 exact samples, in no order, and returns how many. */
export function copySamples(bank: usize, to: usize): u32 {
  const count = load<u32>(bank, TOUCHES);
  let page = load<u32>(bank, PAGE);
  let left = count;
  let part = ((count - 1) & (PER_PAGE - 1)) + 1;
  while (left) {
    memory.copy(to, pageAt(page), <usize>part * 8);
    to += <usize>part * 8;
    left -= part;
    part = PER_PAGE;
    page = linkOf(page);
  }
  return count;
}

/** Gives a bank's pages back. */
export function clearTimer(bank: usize): void {
  const page = load<u32>(bank, PAGE);
  if (page) freePages(page, load<u32>(bank, TOUCHES) > EXACT);
}

function freePages(page: u32, isSketch: bool): void {
  if (isSketch) {
    const at = pageAt(page) + OCTAVES;
    for (let i: usize = 0; i < OCTAVE_COUNT; i++) {
      const octave = load<u32>(at + i * 4);
      if (octave) givePage(octave);
    }
    givePage(page);
    return;
  }
  while (page) {
    const before = linkOf(page);
    givePage(page);
    page = before;
  }
}
