import type { PointsReader, RowFold } from '../store/points/points-store.ts';
import type { Limits } from './budget.ts';
import { type Evaluated, evaluateTargets } from './evaluate.ts';
import { ByteWriter } from './format/byte-writer.ts';
import { writeCsv } from './format/csv.ts';
import { writeFrame } from './format/frame.ts';
import { writeJson } from './format/json.ts';
import { foldRow } from './format/points.ts';
import { writeRaw } from './format/raw.ts';
import { readRequest, type RenderParams, type RenderRequest } from './request.ts';
import type { Row } from '../core/frame.ts';

/** An answer's body, ready to be sent. */
export interface Rendered {
  /** Content type. */
  type: string;
  body: Uint8Array<ArrayBuffer>;
}

export interface RenderOptions {
  reader: PointsReader;
  limits: Limits;
  /** The real present, milliseconds. */
  now: number;
  /** Zone of times without one, e.g. `UTC`. */
  timeZone: string;
  signal?: AbortSignal;
}

/** Bytes that a point seldom takes more of, in JSON. */
const POINT_BYTES = 32;

/**
 * Answers /render: parameters to bytes.
 * @throws HeedError for what is wrong with the question
 */
export async function render(params: RenderParams, { reader, limits, now, timeZone, signal }: RenderOptions): Promise<Rendered> {
  const began = performance.now();
  const request = readRequest(params, { now, timeZone });
  const fold = foldOf(request);
  const evaluated = await evaluateTargets(request.targets, { ...request, limits, signal, fold }, reader);
  const left = fold ? { ...request, maxDataPoints: undefined } : request;
  const out = new ByteWriter(expectedBytes(evaluated.targets, left.maxDataPoints));
  const type = write(out, evaluated, left, began);
  return { type, body: out.take() };
}

/** Series without any function are folded while they are read, all others when the answer is written. */
function foldOf({ targets, maxDataPoints, format }: RenderRequest): RowFold | undefined {
  if (maxDataPoints === undefined || (format !== 'json' && format !== 'frame')) return undefined;
  if (targets.some(({ kind }) => kind !== 'path' && kind !== 'tags')) return undefined;
  return (row, window) => foldRow(row, window, maxDataPoints);
}

function expectedBytes(targets: readonly Row[][], maxDataPoints = Infinity): number {
  let points = 0;
  for (const rows of targets) for (const row of rows) points += Math.min(row.values.length, maxDataPoints);
  return points * POINT_BYTES;
}

function write(out: ByteWriter, { targets, kinds }: Evaluated, request: RenderRequest, began: number): string {
  const rows = targets.flat();
  switch (request.format) {
    case 'csv':
      writeCsv(out, rows, request.timeZone);
      return 'text/csv; charset=utf-8';
    case 'raw':
      writeRaw(out, rows);
      return 'text/plain; charset=utf-8';
    case 'frame':
      writeFrame(out, targets, { ...request, kinds, began });
      return 'application/json';
    case 'json':
  }
  if (request.jsonp !== undefined) out.text(`${request.jsonp}(`);
  writeJson(out, rows, request);
  if (request.jsonp !== undefined) out.text(')');
  return request.jsonp === undefined ? 'application/json' : 'text/javascript; charset=utf-8';
}
