import { HeedError } from '../core/errors.ts';
import type { PointsReader, RowFold } from '../store/points/points-store.ts';
import { type Limits, tooManyPoints } from './budget.ts';
import { type Evaluated, evaluateTargets, type Question } from './evaluate.ts';
import { ByteWriter } from './format/byte-writer.ts';
import { writeCsv } from './format/csv.ts';
import { writeDygraph } from './format/dygraph.ts';
import { writeFrame } from './format/frame.ts';
import { writeJson } from './format/json.ts';
import { writePickle } from './format/pickle.ts';
import { foldRow } from './format/points.ts';
import { writeRaw } from './format/raw.ts';
import { writeRickshaw } from './format/rickshaw.ts';
import { drawPicture, PICTURE_TYPES, writePicture } from './picture/draw.ts';
import type { PictureFormat, PictureOptions } from './picture/options.ts';
import { isPicture, type NumberFormat, readRequest, type RenderParams, type RenderRequest } from './request.ts';
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
  events?: Question['events'];
  /** Takes the beginning of a long answer while the rest is written. */
  part?: (rendered: Rendered) => void;
}

/** Points of an answer: many more would be longer than an answer may be, which shows when most of it is out. */
const MAX_ANSWERED = 10_000_000;
/** Bytes that a point seldom takes more of, in JSON. */
const POINT_BYTES = 32;

/**
 * Answers /render: parameters to bytes.
 * @throws HeedError for what is wrong with the question
 */
export async function render(params: RenderParams, { reader, limits, now, timeZone, signal, events, part }: RenderOptions): Promise<Rendered> {
  const began = performance.now();
  const request = readRequest(params, { now, timeZone });
  const fold = foldOf(request);
  const evaluated = await evaluateTargets(request.targets, { ...request, limits, signal, events, fold }, reader);
  const { format, picture } = request;
  if (isPicture(format)) return renderPicture(evaluated, request, format, picture as PictureOptions);
  const left = { ...request, format, ...(fold && { maxDataPoints: undefined }) };
  const type = typeOf(left);
  const points = pointsOf(evaluated.targets, left.maxDataPoints);
  if (points > limits.maxPoints) throw tooManyPoints(limits);
  if (points > MAX_ANSWERED)
    throw new HeedError('answer_too_large', 'cannot answer: it would hold more than 10,000,000 points; ask for maxDataPoints or fewer series');
  const out = new ByteWriter(points * POINT_BYTES, part && ((body) => part({ type, body })));
  write(out, evaluated, left, began);
  return { type, body: out.take() };
}

async function renderPicture({ targets, kinds }: Evaluated, request: RenderRequest, format: PictureFormat, options: PictureOptions): Promise<Rendered> {
  // What reads Markdown is loaded with the first text.
  const blocks = options.type === 'text' ? (await import('./picture/text-blocks.ts')).readText(options.text) : undefined;
  const picture = drawPicture({ ...request, options, kinds, rows: targets.flat(), targets: request.texts, blocks });
  return { type: PICTURE_TYPES[format], body: await writePicture(picture, format) };
}

/** Series without any function are folded while they are read, all others when the answer is written. */
function foldOf({ targets, maxDataPoints, format }: RenderRequest): RowFold | undefined {
  if (maxDataPoints === undefined || (format !== 'json' && format !== 'frame')) return undefined;
  if (targets.some(({ kind }) => kind !== 'path' && kind !== 'tags')) return undefined;
  return (row, window) => foldRow(row, window, maxDataPoints);
}

/** Points of the answer: rows that several targets name count for each. */
function pointsOf(targets: readonly Row[][], maxDataPoints = Infinity): number {
  let points = 0;
  for (const rows of targets) for (const row of rows) points += Math.min(row.values.length, maxDataPoints);
  return points;
}

const TYPES: Record<NumberFormat, string> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  raw: 'text/plain; charset=utf-8',
  pickle: 'application/pickle',
  dygraph: 'application/json',
  rickshaw: 'application/json',
  frame: 'application/json',
};

type NumberRequest = RenderRequest & { format: NumberFormat };
type Write = (out: ByteWriter, rows: Row[], answer: Evaluated, request: RenderRequest & { began: number }) => void;

const WRITERS: Record<NumberFormat, Write> = {
  json: (out, rows, _, request) => writeJson(out, rows, request),
  csv: (out, rows, _, { timeZone }) => writeCsv(out, rows, timeZone),
  raw: writeRaw,
  pickle: writePickle,
  dygraph: writeDygraph,
  rickshaw: writeRickshaw,
  frame: (out, _, { targets, kinds }, request) => writeFrame(out, targets, { ...request, kinds }),
};

/** Formats that are JSON can be wrapped in a call. */
const wraps = ({ format, jsonp }: NumberRequest): boolean => jsonp !== undefined && format !== 'frame' && TYPES[format] === 'application/json';

const typeOf = (request: NumberRequest): string => (wraps(request) ? 'text/javascript; charset=utf-8' : TYPES[request.format]);

function write(out: ByteWriter, evaluated: Evaluated, request: NumberRequest, began: number): void {
  const wrap = wraps(request);
  if (wrap) out.text(`${request.jsonp}(`);
  WRITERS[request.format](out, evaluated.targets.flat(), evaluated, { ...request, began });
  if (wrap) out.text(')');
}
