import { causeOf, HeedError } from '../../core/errors.ts';
import type { FillRun } from '../../core/fill-batch.ts';
import type { Method } from '../../core/series.ts';

/** What a whisper file holds. Times and steps are seconds. */
export interface WhisperSeries {
  method: Method;
  xFilesFactor: number;
  /** Finest first. */
  archives: { step: number; points: number }[];
  /** Coarse and old first; each part of time is told by the finest archive that covers it. */
  runs: FillRun[];
  times: Uint32Array;
  values: Float64Array;
}

interface Archive {
  offset: number;
  step: number;
  points: number;
}

const POINT_BYTES = 12;
const MAX_ARCHIVES = 64;

/**
 * Reads a whisper file as a fetch at `now` (seconds) would answer it, each stretch of time from the finest archive that reaches back to
 * it. Where a finer archive covers a slot of a coarser one in part only, the coarser one tells it.
 * @throws HeedError `bad_whisper` when it is no whisper file or a part of it is missing
 */
export function parseWhisper(bytes: Uint8Array, now: number): WhisperSeries {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { method, xFilesFactor, archives } = readHeader(view);
  const times: Uint32Array[] = [];
  const values: Float64Array[] = [];
  const runs: FillRun[] = [];
  let until = now + 1;
  for (const [i, archive] of archives.entries()) {
    const next = archives[i + 1];
    const from = oldestOf(archive, next, now);
    const found = readArchive(view, archive, from, until);
    until = Math.min(until, from);
    if (found.times.length === 0) continue;
    times.unshift(found.times);
    values.unshift(found.values);
    runs.unshift({ step: archive.step, count: found.times.length });
  }
  return { method, xFilesFactor, archives: archives.map(({ step, points }) => ({ step, points })), runs, times: joinTimes(times), values: joinValues(values) };
}

/** The first time that an archive tells: those before are out of its reach, or share a slot of the next one with such. */
function oldestOf({ step, points }: Archive, next: Archive | undefined, now: number): number {
  const grid = next?.step ?? step;
  const reach = now - step * points;
  return Math.max(0, reach - modulo(reach, grid) + grid);
}

function readHeader(view: DataView): { method: Method; xFilesFactor: number; archives: Archive[] } {
  try {
    const [method, , , count] = [0, 4, 8, 12].map((at) => view.getUint32(at));
    const xFilesFactor = view.getFloat32(8);
    // Whisper's numbers of methods are ours.
    if (method < 1 || method > 8) throw new Error(`it has no aggregation method ${method}`);
    if (!(xFilesFactor >= 0 && xFilesFactor <= 1)) throw new Error('its xFilesFactor is not from 0 to 1');
    if (count < 1 || count > MAX_ARCHIVES) throw new Error(`it says that it has ${count} archives`);
    const archives = Array.from({ length: count }, (_, i): Archive => {
      const [offset, step, points] = [0, 4, 8].map((at) => view.getUint32(16 + i * 12 + at));
      return { offset, step, points };
    });
    checkArchives(archives, view.byteLength);
    return { method: method as Method, xFilesFactor: Math.round(xFilesFactor * 1e6) / 1e6, archives };
  } catch (error) {
    const cause = error instanceof RangeError ? 'it ends within its header' : causeOf(error);
    throw new HeedError('bad_whisper', `cannot read whisper file: ${cause}`, { cause: error });
  }
}

function checkArchives(archives: Archive[], bytes: number): void {
  archives.sort((a, b) => a.step - b.step);
  for (const [i, { offset, step, points }] of archives.entries()) {
    if (step === 0 || points === 0) throw new Error('an archive of it is empty');
    if (offset < 16 + archives.length * 12) throw new Error('an archive of it lies in its header');
    const missing = offset + points * POINT_BYTES - bytes;
    if (missing > 0) throw new Error(`it ends ${missing} bytes early`);
    const next = archives[i + 1];
    if (next && (next.step === step || next.step % step !== 0)) throw new Error(`its archives of ${step} s and ${next.step} s do not fit`);
  }
}

/** Points of an archive from `from` up to `until`: the slot of a time follows from the archive's first point; another time there is old. */
function readArchive(view: DataView, { offset, step, points }: Archive, from: number, until: number): { times: Uint32Array; values: Float64Array } {
  const base = view.getUint32(offset);
  const first = Math.ceil(from / step) * step;
  const slots = base === 0 ? 0 : Math.max(0, Math.min(points, Math.ceil((until - first) / step)));
  const times = new Uint32Array(slots);
  const values = new Float64Array(slots);
  let count = 0;
  let position = slots === 0 ? 0 : modulo(Math.floor((first - base) / step), points);
  for (let i = 0, time = first; i < slots; i++, time += step) {
    const at = offset + position * POINT_BYTES;
    if (++position === points) position = 0;
    if (view.getUint32(at) !== time) continue;
    const value = view.getFloat64(at + 4);
    if (value !== value) continue;
    times[count] = time;
    values[count++] = value;
  }
  return { times: times.subarray(0, count), values: values.subarray(0, count) };
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

function joinTimes(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

function joinValues(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}
