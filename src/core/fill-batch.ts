import { HeedError } from './errors.ts';
import { Kind, MAX_NAME_BYTES, Method } from './series.ts';

/** Consecutive points of a series that each stand for `step` seconds; 0 where that is not known. */
export interface FillRun {
  step: number;
  count: number;
}

/** One series of a batch and how its points are cut into runs. */
export interface FillSeries {
  name: string;
  kind: Kind;
  method: Method;
  runs: FillRun[];
}

/** Points of the past of some series: columns in the order of series and runs, times (seconds) strictly ascending within each series. */
export interface FillBatch {
  series: FillSeries[];
  times: Uint32Array;
  values: Float64Array;
}

/** What one batch may hold; a long series is cut into several. */
export const MAX_FILL_POINTS = 1 << 19;
export const MAX_FILL_SERIES = 4096;
const MAX_RUNS = 64;
const MAX_STEP = 10 * 366 * 86_400;
/** Bytes that a batch may have. */
export const MAX_FILL_BYTES = 16 + MAX_FILL_POINTS * 12 + MAX_FILL_SERIES * (5 + MAX_NAME_BYTES + MAX_RUNS * 8) + 8;

const MAGIC = 0x31464548; // HEF1
const HEADER = 16;

/**
 * Writes a batch, little-endian: magic, series, points and bytes of the series' part, each u32; per series name length u16, kind, method
 * and runs u8 each, the name, and step and count u32 a run; padded to 8; all values f64; all times u32.
 */
export function encodeFill({ series, times, values }: FillBatch): Uint8Array<ArrayBuffer> {
  const names = series.map(({ name }) => Buffer.from(name));
  const part = series.reduce((sum, { runs }, i) => sum + 5 + names[i].length + runs.length * 8, 0);
  const columns = aligned(HEADER + part);
  const bytes = new Uint8Array(columns + times.length * 12);
  const view = new DataView(bytes.buffer);
  [MAGIC, series.length, times.length, part].forEach((value, i) => view.setUint32(i * 4, value, true));
  let at = HEADER;
  for (const [i, { kind, method, runs }] of series.entries()) {
    view.setUint16(at, names[i].length, true);
    bytes.set([kind, method, runs.length], at + 2);
    bytes.set(names[i], at + 5);
    at += 5 + names[i].length;
    for (const { step, count } of runs) {
      view.setUint32(at, step, true);
      view.setUint32(at + 4, count, true);
      at += 8;
    }
  }
  new Float64Array(bytes.buffer, columns, times.length).set(values);
  new Uint32Array(bytes.buffer, columns + times.length * 8, times.length).set(times);
  return bytes;
}

/**
 * Reads what encodeFill wrote; its columns have memory of their own.
 * @throws HeedError `bad_batch` for anything else, whatever it holds
 */
export function decodeFill(bytes: Uint8Array): FillBatch {
  if (bytes.length < HEADER) throw bad('it is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [magic, seriesCount, points, part] = [0, 4, 8, 12].map((at) => view.getUint32(at, true));
  if (magic !== MAGIC) throw bad('it does not begin as one');
  if (seriesCount > MAX_FILL_SERIES || points > MAX_FILL_POINTS) throw bad(`it may hold ${MAX_FILL_SERIES} series and ${MAX_FILL_POINTS} points`);
  const columns = aligned(HEADER + part);
  if (bytes.length !== columns + points * 12) throw bad('its length is not what it says');
  const series = readSeries(bytes.subarray(HEADER, HEADER + part), seriesCount);
  // A Buffer's slice would be the same memory, and perhaps not aligned.
  const own = new Uint8Array(bytes.subarray(columns));
  const batch = { series, values: new Float64Array(own.buffer, 0, points), times: new Uint32Array(own.buffer, points * 8, points) };
  if (new Set(series.map(({ name }) => name)).size < seriesCount) throw bad('a name is in it twice');
  checkColumns(batch);
  return batch;
}

function readSeries(bytes: Uint8Array, count: number): FillSeries[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const series: FillSeries[] = [];
  let at = 0;
  while (series.length < count) {
    if (at + 5 > bytes.length) throw bad('its series end early');
    const length = view.getUint16(at, true);
    const [kind, method, runCount] = bytes.subarray(at + 2, at + 5);
    const end = at + 5 + length + runCount * 8;
    if (length > MAX_NAME_BYTES || runCount > MAX_RUNS || end > bytes.length) throw bad('a series of it is too long');
    if (kind > Kind.set || method > Method.first) throw bad('a series of it has an unknown kind or method');
    const runs: FillRun[] = [];
    for (let run = at + 5 + length; run < end; run += 8) runs.push({ step: view.getUint32(run, true), count: view.getUint32(run + 4, true) });
    if (runs.some(({ step }) => step > MAX_STEP)) throw bad('a run of it has too long a step');
    series.push({ name: nameOf(decoder, bytes.subarray(at + 5, at + 5 + length)), kind: kind as Kind, method: method as Method, runs });
    at = end;
  }
  if (at !== bytes.length) throw bad('it has more behind its series');
  return series;
}

function nameOf(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw bad('a name is not valid UTF-8');
  }
}

function checkColumns({ series, times, values }: FillBatch): void {
  let at = 0;
  for (const { name, runs } of series) {
    const end = runs.reduce((sum, { count }) => sum + count, at);
    if (end > times.length) throw bad('its runs hold more points than it has');
    for (let i = at + 1; i < end; i++) if (times[i] <= times[i - 1]) throw bad(`the times of ${name.slice(0, 100)} are not in order`);
    at = end;
  }
  if (at !== times.length) throw bad('its runs hold fewer points than it has');
  for (let i = 0; i < at; i++) if (values[i] !== values[i]) throw bad('a value is not a number');
}

const aligned = (at: number): number => Math.ceil(at / 8) * 8;

const bad = (why: string): HeedError => new HeedError('bad_batch', `cannot read the batch of points: ${why}`);
