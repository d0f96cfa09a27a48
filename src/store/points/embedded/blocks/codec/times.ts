import { damaged, type ByteSink, type ByteSource } from './bytes.ts';
import { unitOf } from './decimals.ts';
import { decodeIntegers, encodeIntegers } from './integers.ts';
import { newPlan, planIntegers } from './plan.ts';
import { scratch } from './scratch.ts';

const plan = newPlan();

/** The step by which all of `times[start, start + count)` follow each other, or 0 when there is none. One point alone has step 1. */
export function strideOf(times: Uint32Array, start: number, count: number): number {
  if (count === 1) return 1;
  const stride = times[start + 1] - times[start];
  for (let i = start + 2; i < start + count; i++) if (times[i] - times[i - 1] !== stride) return 0;
  return stride;
}

/** Writes the distances between irregular times, divided by what divides them all. */
export function encodeTimes(sink: ByteSink, times: Uint32Array, start: number, count: number): void {
  const { deltas } = scratch;
  for (let i = 1; i < count; i++) deltas[i - 1] = times[start + i] - times[start + i - 1];
  const unit = unitOf(deltas, count - 1);
  if (unit > 1) for (let i = 0; i < count - 1; i++) deltas[i] /= unit;
  sink.varint(unit);
  planIntegers(deltas, count - 1, plan);
  encodeIntegers(sink, deltas, count - 1, plan);
}

/** Reads `count` times from `first` to `last` into `scratch.times`; they are strictly ascending or it throws. */
export function decodeTimes(source: ByteSource, count: number, first: number, last: number): void {
  const { times, deltas } = scratch;
  const unit = source.varint();
  decodeIntegers(source, deltas, 0, count - 1);
  let time = first;
  times[0] = time;
  for (let i = 1; i < count; i++) {
    const delta = deltas[i - 1] * unit;
    if (!(delta >= 1)) throw damaged('its times do not ascend');
    time += delta;
    times[i] = time;
  }
  if (time !== last) throw damaged('its times do not end where they should');
}

export function fillTimes(count: number, first: number, stride: number): void {
  const { times } = scratch;
  for (let i = 0, time = first; i < count; i++, time += stride) times[i] = time;
}
