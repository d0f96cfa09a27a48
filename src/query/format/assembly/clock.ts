import { writeDigits, writeTwo } from './digits';
import { writeNumber } from './numbers';

// Times that follow each other by a step. Those of a chart have ten digits, of which mostly just the last four change.

const TEN_DIGITS: f64 = 1e9;
const ELEVEN_DIGITS: f64 = 1e10;
const LOW: u32 = 10_000;
const MAX_STEP: f64 = 1e9;

let start: f64 = 0;
let step: f64 = 0;
let ticks: f64 = 0;
/** All times are whole and have ten digits: `text` has the first six, `low` the other four. */
let short: bool = false;
let high: u32 = 0;
let low: u32 = 0;
let lowStep: u32 = 0;
const text: usize = memory.data(8, 8);

/** Sets the clock for `count` times; milliseconds. */
export function setClock(from: f64, by: f64, count: u32): void {
  start = from;
  step = by;
  ticks = 0;
  const first = from / 1000;
  const distance = by / 1000;
  const whole = floor(first) == first && floor(distance) == distance;
  short = whole && first >= TEN_DIGITS && first + distance * count < ELEVEN_DIGITS && distance > 0 && distance < MAX_STEP;
  if (!short) return;
  setHigh(<u32>(first / LOW));
  low = <u32>(first - <f64>high * LOW);
  lowStep = <u32>distance;
}

function setHigh(value: u32): void {
  high = value;
  writeDigits(text, high, 6);
}

// @ts-ignore: decorator
@inline
export function advance(): void {
  ticks++;
  low += lowStep;
  if (low >= LOW && short) {
    setHigh(high + low / LOW);
    low %= LOW;
  }
}

/** Writes the seconds at `at`; answers where they end. */
// @ts-ignore: decorator
@inline
export function writeSeconds(at: usize): usize {
  if (!short) return writeNumber(at, (start + ticks * step) / 1000);
  store<u64>(at, load<u64>(text));
  const hundreds = low / 100;
  writeTwo(at + 6, hundreds);
  writeTwo(at + 8, low - hundreds * 100);
  return at + 10;
}
