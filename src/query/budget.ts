import { HeedError } from '../core/errors.ts';

/** What one question may cost at most. */
export interface Limits {
  /** Points read and made, together. */
  maxPoints: number;
  /** Series read, together. */
  maxSeries: number;
  /** Steps of one call's regex, some nanoseconds each. */
  regexSteps: number;
}

export const DEFAULT_LIMITS: Limits = { maxPoints: 30_000_000, maxSeries: 50_000, regexSteps: 50_000_000 };

/** A question within these keeps nobody waiting: its points are read, computed and written in some 20 ms. */
const QUICK_LIMITS: Limits = { maxPoints: 500_000, maxSeries: 5000, regexSteps: 1_000_000 };

/** What a question may cost that shares its thread with others. */
export function quickLimits({ maxPoints, maxSeries, regexSteps }: Limits): Limits {
  return {
    maxPoints: Math.min(maxPoints, QUICK_LIMITS.maxPoints),
    maxSeries: Math.min(maxSeries, QUICK_LIMITS.maxSeries),
    regexSteps: Math.min(regexSteps, QUICK_LIMITS.regexSteps),
  };
}

export function tooManyPoints({ maxPoints }: Pick<Limits, 'maxPoints'>): HeedError {
  const limit = maxPoints.toLocaleString('en-US');
  return new HeedError('too_many_points', `cannot answer: more than ${limit} points would be read or computed; ask for fewer series or a shorter time`);
}

const BEYOND = new Set(['too_many_points', 'too_many_series', 'too_many_steps']);

/** The error says that wider limits might do. */
export const isBeyondLimits = (error: unknown): boolean => error instanceof HeedError && BEYOND.has(error.code);

/**
 * Functions may evaluate their arguments again over another window; nested, each doubles the work. These bounds are far
 * above what dashboards need.
 */
const MAX_CALLS = 20_000;
const MAX_WINDOWS = 200;

/** What one question still may cost. */
export class Budget {
  readonly maxSeries: number;
  /** Points left. */
  points: number;
  readonly #maxPoints: number;
  #series = 0;
  #calls = 0;
  #windows = 0;

  constructor({ maxPoints, maxSeries }: Limits) {
    this.#maxPoints = maxPoints;
    this.maxSeries = maxSeries;
    this.points = maxPoints;
  }

  /** @throws HeedError `too_many_points` */
  spend(points: number): void {
    this.points -= points;
    if (this.points < 0) throw this.spent();
  }

  /** The error that says that the points are used up. */
  spent(): HeedError {
    return tooManyPoints({ maxPoints: this.#maxPoints });
  }

  /** @throws HeedError `too_many_series` */
  takeSeries(count: number): void {
    this.#series += count;
    if (this.#series > this.maxSeries)
      throw new HeedError('too_many_series', `cannot answer: more than ${this.maxSeries.toLocaleString('en-US')} series match; write narrower patterns`);
  }

  /** One more call of a function. @throws HeedError `too_many_calls` */
  takeCall(): void {
    if (++this.#calls > MAX_CALLS)
      throw new HeedError(
        'too_many_calls',
        `cannot answer: functions would be called more than ${MAX_CALLS.toLocaleString('en-US')} times; nest fewer of them`,
      );
  }

  /** One more window of time that is read. @throws HeedError `too_many_windows` */
  takeWindow(): void {
    if (++this.#windows > MAX_WINDOWS)
      throw new HeedError(
        'too_many_windows',
        `cannot answer: more than ${MAX_WINDOWS} windows of time would be read; nest fewer moving windows and time shifts`,
      );
  }
}
