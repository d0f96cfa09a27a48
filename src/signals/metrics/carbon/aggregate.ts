import type { CounterLane } from '../../../core/counters.ts';
import { Kind, Method } from '../../../core/series.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';
import { type Aggregate, type AggregationLine, type CarbonRules, finish, NO_RULES } from './rules.ts';

/** Intervals that stay open for late points, as carbon's MAX_AGGREGATION_INTERVALS. */
const LATE_INTERVALS = 5;
const MOST_AGGREGATIONS = 100_000;
const MOST_INTERVALS = 250_000;
const MOST_INTERVALS_EACH = 64;
/** Values kept for percentiles, all intervals together. */
const MOST_VALUES = 1_000_000;

interface Interval {
  /** Something came since the last result. */
  fresh: boolean;
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Kept for percentiles only. */
  values: number[] | undefined;
}

/** The buffers of one result, by the start of their interval. */
export interface Aggregation {
  line: AggregationLine;
  result: string;
  /** The writer's number of the result; undefined before the first one. */
  id: number | undefined;
  intervals: Map<number, Interval>;
  /** When the next result is due, on the monotonic clock. */
  due: number;
}

/**
 * Carbon's aggregator: every `every` milliseconds each interval that got something writes its result again, until five
 * more intervals have passed; the last result of an interval is the one that stays.
 */
export class Aggregator {
  readonly #writer: PointsWriter;
  readonly #counters: CounterLane;
  readonly #byResult = new Map<string, Aggregation>();
  #rules: CarbonRules = NO_RULES;
  #intervals = 0;
  #values = 0;

  constructor(writer: PointsWriter, counters: CounterLane) {
    this.#writer = writer;
    this.#counters = counters;
  }

  /** Writes what there is by the old rules and starts over with the new ones. */
  useRules(rules: CarbonRules): void {
    this.finish();
    this.#rules = rules;
  }

  /** The aggregation with this result's name, made by the first line that names it; undefined when there are too many. */
  open(line: AggregationLine, result: string): Aggregation | undefined {
    let aggregation = this.#byResult.get(result);
    if (!aggregation && this.#byResult.size < MOST_AGGREGATIONS) {
      aggregation = { line, result, id: undefined, intervals: new Map(), due: performance.now() + line.every };
      this.#byResult.set(result, aggregation);
    }
    return aggregation;
  }

  /** Takes a point; into no aggregation where there were too many to open one. */
  take(aggregation: Aggregation | undefined, time: number, value: number): void {
    if (!aggregation) return this.#counters.add('carbon.dropped.table_full');
    const { line, intervals } = aggregation;
    const start = time - (time % line.every);
    let interval = intervals.get(start);
    if (!interval) {
      if (this.#intervals === MOST_INTERVALS || intervals.size === MOST_INTERVALS_EACH) return this.#counters.add('carbon.dropped.table_full');
      interval = { fresh: true, count: 0, sum: 0, min: Infinity, max: -Infinity, values: line.method.startsWith('p') ? [] : undefined };
      intervals.set(start, interval);
      this.#intervals++;
    }
    if (interval.values) {
      if (this.#values === MOST_VALUES) return this.#counters.add('carbon.dropped.table_full');
      interval.values.push(value);
      this.#values++;
    }
    interval.fresh = true;
    interval.count++;
    interval.sum += value;
    if (value < interval.min) interval.min = value;
    if (value > interval.max) interval.max = value;
  }

  /** Writes the results that are due. `now` is the wall clock, `monotonic` the one that never jumps. */
  tick(now: number, monotonic: number): void {
    for (const aggregation of this.#byResult.values()) {
      if (aggregation.due > monotonic) continue;
      aggregation.due = monotonic + aggregation.line.every;
      this.#write(aggregation, now);
    }
  }

  /** The writer forgot its numbers and no name refers to an aggregation any more: lets go of those without buffers. */
  tidy(): void {
    for (const [result, aggregation] of this.#byResult) {
      aggregation.id = undefined;
      if (aggregation.intervals.size === 0) this.#byResult.delete(result);
    }
  }

  /** Writes everything that has no result yet and forgets it. */
  finish(): void {
    for (const aggregation of this.#byResult.values()) {
      this.#write(aggregation, Infinity);
      // Only a full queue leaves any.
      this.#counters.add('points.dropped.queue_full', aggregation.intervals.size);
    }
    this.#byResult.clear();
    this.#intervals = 0;
    this.#values = 0;
  }

  #write(aggregation: Aggregation, now: number): void {
    const { line, intervals } = aggregation;
    const oldest = now - (now % line.every || 0) - LATE_INTERVALS * line.every;
    for (const [start, interval] of intervals) {
      // A full queue leaves the interval fresh: the next turn writes it.
      if (interval.fresh) interval.fresh = !this.#emit(aggregation, start, fold(interval, line.method));
      if (interval.fresh || start >= oldest) continue;
      intervals.delete(start);
      this.#intervals--;
      this.#values -= interval.values?.length ?? 0;
    }
  }

  #emit(aggregation: Aggregation, time: number, value: number): boolean {
    if (aggregation.id === undefined) {
      const series = finish(aggregation.result, this.#rules);
      if (series === undefined) {
        this.#counters.add('carbon.dropped.bad_name');
        return true;
      }
      aggregation.id = this.#writer.declare(series, Kind.unknown, Method.byRule);
    }
    return this.#writer.add(aggregation.id, time, value);
  }
}

function fold({ count, sum, min, max, values }: Interval, method: Aggregate): number {
  switch (method) {
    case 'sum':
      return sum;
    case 'avg':
      return sum / count;
    case 'min':
      return min;
    case 'max':
      return max;
    case 'count':
      return count;
    default:
      return percentile(values ?? [], Number(`0.${method.slice(1)}`));
  }
}

/** Linear between the two neighbours of rank `share * (n - 1)`, as carbon's percentiles are. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted();
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const above = Math.ceil(rank);
  return below === above ? sorted[below] : sorted[below] * (above - rank) + sorted[above] * (rank - below);
}
