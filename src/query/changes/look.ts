import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { KIND_NAMES } from '../../core/series.ts';
import type { PointsReader, SeriesRef } from '../../store/points/points-store.ts';
import { type ChangesQuestion, comparedSpan, isWanted } from './question.ts';
import { type Change, type Moment, scoreChange, SPANS_BEFORE } from './score.ts';
import { type Trend, trendOf } from './trend.ts';

export interface LookContext {
  reader: PointsReader;
  /** The real present, milliseconds. */
  now: number;
  signal: AbortSignal;
  /** Lets other questions go first; asked between two batches. */
  giveWay: () => Promise<void>;
}

/** One series that changed. */
export interface FoundChange extends Change, Trend {
  name: string;
  kind: string;
}

export interface FoundChanges {
  changes: FoundChange[];
  /** Series that were read, of how many. */
  looked: number;
  of: number;
  /** Time to both sides that was compared, milliseconds. */
  span: number;
  ms: number;
}

/** Series that are looked at, and for how long, milliseconds: at work, and with what others took meanwhile. */
export interface LookLimits {
  series: number;
  work: number;
  wait: number;
}
export const LOOK_LIMITS: LookLimits = { series: 50_000, work: 2000, wait: 10_000 };

/** Less is as good as nothing: of thousands of series that only rustle the loudest comes near it. */
const LEAST_SCORE = 5;
const BATCH = 250;
const PAGE = 5000;
const NOTHING = new Float64Array(0);

/** Ends a read in the middle. */
class Enough extends Error {}

/**
 * Reads series around a moment and finds those that changed, most unusual first.
 * @throws HeedError `too_recent`, `too_many_series`, `withdrawn`, and for a bad pattern
 */
export async function lookForChanges(question: ChangesQuestion, context: LookContext, limits = LOOK_LIMITS): Promise<FoundChanges> {
  const began = performance.now();
  const { reader, now, signal } = context;
  const moment: Moment = { at: question.at, span: comparedSpan(question, now) };
  const { series, of } = await selectSeries(reader, question.pattern, limits.series);
  const found: FoundChange[] = [];
  let looked = 0;
  let worked = 0;
  for (const batch of scattered(series)) {
    const start = performance.now();
    const isOver = (): boolean => signal.aborted || worked + performance.now() - start > limits.work || performance.now() - began > limits.wait;
    if (isOver()) break;
    const changes = await readBatch(batch, moment, context, isOver);
    looked += changes.looked;
    found.push(...changes.found);
    keepBest(found, question.limit);
    worked += performance.now() - start;
    await context.giveWay();
  }
  if (signal.aborted) throw new HeedError('withdrawn', 'cannot answer: the question was withdrawn', { status: 499 });
  return { changes: found, looked, of, span: moment.span, ms: performance.now() - began };
}

/** The series that are wanted, sorted by number, as many as are looked at; `of` is how many more there are, too. */
async function selectSeries(reader: PointsReader, pattern: string, most: number): Promise<{ series: SeriesRef[]; of: number }> {
  const series: SeriesRef[] = [];
  const take = (refs: readonly SeriesRef[]): number => {
    const wanted = refs.filter(({ name }) => isWanted(name, pattern));
    series.push(...wanted.slice(0, most - series.length));
    return wanted.length;
  };
  let of = 0;
  if (pattern !== '') {
    of = take(await reader.select({ glob: pattern }, most));
  } else {
    for (let page = await reader.names(-1, PAGE); page.length > 0; page = await reader.names(page[page.length - 1].id, PAGE)) of += take(page);
  }
  return { series: series.toSorted((a, b) => a.id - b.id), of };
}

/** Batches of neighbours, which are stored together; from all over, so that a look that ends early has seen some of everything. */
function* scattered(series: readonly SeriesRef[]): Generator<readonly SeriesRef[]> {
  const batches = Math.ceil(series.length / BATCH);
  let stride = Math.max(1, Math.round(batches * 0.618));
  while (divisor(stride, batches) > 1) stride++;
  for (let i = 0, at = 0; i < batches; i++, at = (at + stride) % batches) yield series.slice(at * BATCH, (at + 1) * BATCH);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

async function readBatch(
  batch: readonly SeriesRef[],
  moment: Moment,
  { reader, now }: LookContext,
  isOver: () => boolean,
): Promise<{ found: FoundChange[]; looked: number }> {
  const kinds = new Map(batch.map(({ name, kind }) => [name, KIND_NAMES[kind]]));
  const found: FoundChange[] = [];
  let looked = 0;
  const fold = (row: Row): Row => {
    if (isOver()) throw new Enough();
    const change = scoreChange(row, moment);
    if (change && change.score >= LEAST_SCORE) found.push({ name: row.name, kind: kinds.get(row.name) ?? KIND_NAMES[0], ...change, ...trendOf(row, moment) });
    looked++;
    return { ...row, values: NOTHING };
  };
  const from = moment.at - SPANS_BEFORE * moment.span;
  try {
    // Each row is let go as soon as it is judged, so that their sum needs no bound.
    await reader.read({ series: [...batch], from, until: moment.at + moment.span, now, maxPoints: Infinity, fold });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return { found, looked };
}

/** Sorts and shortens in place. Among the equally unusual the one that changed by more of itself comes first. */
function keepBest(found: FoundChange[], limit: number): void {
  found.sort((a, b) => b.score - a.score || relative(b) - relative(a) || (a.name < b.name ? -1 : 1));
  found.length = Math.min(found.length, limit);
}

function relative({ before, after }: Change): number {
  if (before === null || after === null) return 0;
  return Math.abs(after - before) / Math.max(Math.abs(before), Math.abs(after), Number.MIN_VALUE);
}
