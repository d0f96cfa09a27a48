import { damaged, type ByteSink, type ByteSource } from './bytes.ts';
import { SCALES, toIntegers, unitOf } from './decimals.ts';
import { decodeFloats, encodeFloats } from './floats.ts';
import { decodeIntegers, encodeIntegers } from './integers.ts';
import { newPlan, planIntegers } from './plan.ts';
import { scratch } from './scratch.ts';

/** Low bits of the first byte: index of the scale, or FLOATS. */
const SCALE_MASK = 0x0f;
const FLOATS = 0x0f;
const DELTAS = 0x10;
const UNIT = 0x20;

/** About what the first number takes that deltas start from. */
const DELTA_BITS = 16;

const plainPlan = newPlan();
const deltaPlan = newPlan();

/** Writes `values[start, start + count)`, bit by bit as they are: as scaled whole numbers where that is possible, else as patterns. */
export function encodeValues(sink: ByteSink, values: Float64Array, start: number, count: number): void {
  const { integers, deltas } = scratch;
  const scale = toIntegers(values, start, count, integers);
  if (scale < 0) {
    sink.u8(FLOATS);
    encodeFloats(sink, values, start, count);
    return;
  }
  takeDeltas(integers, deltas, count);
  const unit = unitOf(deltas, count - 1);
  const offset = unit === 1 ? 0 : ((integers[0] % unit) + unit) % unit;
  if (unit > 1) {
    for (let i = 0; i < count; i++) integers[i] = (integers[i] - offset) / unit;
    takeDeltas(integers, deltas, count);
  }
  planIntegers(integers, count, plainPlan);
  const limit = plainPlan.bits - DELTA_BITS;
  deltaPlan.bits = limit;
  if (count > 2 && limit > 0) planIntegers(deltas, count - 1, deltaPlan, limit);
  const asDeltas = deltaPlan.bits < limit;
  sink.u8(scale | (asDeltas ? DELTAS : 0) | (unit > 1 ? UNIT : 0));
  if (unit > 1) {
    sink.varint(unit);
    sink.varint(offset);
  }
  if (asDeltas) {
    sink.signed(integers[0]);
    encodeIntegers(sink, deltas, count - 1, deltaPlan);
  } else {
    encodeIntegers(sink, integers, count, plainPlan);
  }
}

function takeDeltas(integers: Float64Array, deltas: Float64Array, count: number): void {
  for (let i = 1; i < count; i++) deltas[i - 1] = integers[i] - integers[i - 1];
}

/** Reads `count` values into `scratch.values`. */
export function decodeValues(source: ByteSource, count: number): void {
  const control = source.u8();
  const scaleIndex = control & SCALE_MASK;
  if (scaleIndex === FLOATS) {
    decodeFloats(source, count);
    return;
  }
  if (scaleIndex >= SCALES.length) throw damaged('a scale is unknown');
  const { values } = scratch;
  const hasUnit = (control & UNIT) !== 0;
  const unit = hasUnit ? source.varint() : 1;
  const offset = hasUnit ? source.varint() : 0;
  if ((control & DELTAS) === 0) {
    decodeIntegers(source, values, 0, count);
  } else {
    let number = source.signed();
    decodeIntegers(source, values, 1, count - 1);
    values[0] = number;
    for (let i = 1; i < count; i++) values[i] = number += values[i];
  }
  const scale = SCALES[scaleIndex];
  if (hasUnit) for (let i = 0; i < count; i++) values[i] = (values[i] * unit + offset) / scale;
  else if (scale !== 1) for (let i = 0; i < count; i++) values[i] /= scale;
}
