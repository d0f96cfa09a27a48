import { finish, hashBytes, hashStart } from './hash';
import { AMOUNT, BANK0, BANK1, GAUGE, COUNTER, LATEST, memberMask, members, PAGE, TIMER, TOUCHES } from './layout';
import { recordAt } from './series';
import { clearTimer, time } from './timers';

// What a value does to its series' record.

/** Distance of the receiving bank from the record's start. */
let bank: usize = BANK0;
let generation: u64 = 1;
let memberCount: u32 = 0;

/** Samples without a page and set members without a place: values that were dropped. */
export let samplesDropped: u32 = 0;
export let membersDropped: u32 = 0;

/** What `drops` told is not told again. */
export function clearDrops(): void {
  samplesDropped = 0;
  membersDropped = 0;
}

// @ts-ignore: decorator
@inline
function touch(at: usize): void {
  store<u32>(at, load<u32>(at, TOUCHES) + 1, TOUCHES);
}

// @ts-ignore: decorator
@inline
export function applyNumber(index: u32, kind: u32, value: f64, weight: f64, signed: bool): void {
  const record = recordAt(index);
  const at = record + bank;
  if (kind == COUNTER) {
    store<f64>(at, load<f64>(at, AMOUNT) + value * weight, AMOUNT);
    touch(at);
  } else if (kind == TIMER) {
    samplesDropped += time(at, value, weight);
  } else applyGauge(record, at, value, signed);
}

/** A sign makes a delta, unless the gauge is unset or 0: upstream's rule. */
function applyGauge(record: usize, at: usize, value: f64, signed: bool): void {
  const latest = load<f64>(record, LATEST);
  // The first write of an interval leaves the last interval's end behind, for the flush that may still be going on.
  if (load<u32>(at, TOUCHES) == 0) store<f64>(record + (BANK0 + BANK1 - bank), latest, AMOUNT);
  const truthy = latest == latest && latest != 0;
  store<f64>(record, signed && truthy ? latest + value : value, LATEST);
  touch(at);
}

/** Adds a member to a set, known by 56 bits of its hash. */
export function applyMember(index: u32, at: usize, length: usize): void {
  const own = recordAt(index) + bank;
  const key = (finish(hashBytes(hashStart(), at, length), (<u64>length << 32) | index) & ~0xff) | generation;
  let place = <u32>(key >> 32) & memberMask;
  while (true) {
    const here = members + <usize>place * 8;
    const entry = load<u64>(here);
    if (entry == key) break;
    if ((entry & 0xff) != generation) {
      if (memberCount > memberMask >> 1) {
        membersDropped++;
        return;
      }
      memberCount++;
      store<u64>(here, key);
      store<f64>(own, load<f64>(own, AMOUNT) + 1, AMOUNT);
      break;
    }
    place = (place + 1) & memberMask;
  }
  touch(own);
}

/** Turns the banks over: what came so far can be read, what comes goes to the other bank, which must be clear. */
export function swap(): void {
  bank = BANK0 + BANK1 - bank;
  memberCount = 0;
  generation = (generation % 255) + 1;
  if (generation == 1) memory.fill(members, 0, (<usize>memberMask + 1) * 8);
}

/** Where in a record the bank that is being flushed stands. */
export function flushedBank(): usize {
  return BANK0 + BANK1 - bank;
}

/** Whether a series was written since the last swap. */
export function isBusy(index: u32): bool {
  return load<u32>(recordAt(index) + bank, TOUCHES) != 0;
}

/** A gauge's value at the end of the interval that is being flushed. */
export function gaugeAtEnd(index: u32): f64 {
  const record = recordAt(index);
  return load<u32>(record + bank, TOUCHES) ? load<f64>(record + flushedBank(), AMOUNT) : load<f64>(record, LATEST);
}

/** Empties the flushed bank of a series. A gauge keeps its end value for as long as the other bank may need it. */
export function clearBank(index: u32, kind: u32, at: usize): void {
  const own = recordAt(index) + at;
  if (kind == TIMER) clearTimer(own);
  if (kind != GAUGE) store<f64>(own, 0, AMOUNT);
  store<u32>(own, 0, TOUCHES);
  store<u32>(own, 0, PAGE);
}

export function clearBoth(index: u32, kind: u32): void {
  clearBank(index, kind, BANK0);
  clearBank(index, kind, BANK1);
}
