import { HeedError } from '../core/errors.ts';

/** What one question may cost at most. */
export interface Limits {
  /** Points read and made, together. */
  maxPoints: number;
  /** Series read, together. */
  maxSeries: number;
}

export const DEFAULT_LIMITS: Limits = { maxPoints: 30_000_000, maxSeries: 50_000 };

/** What one question still may cost. */
export class Budget {
  readonly maxSeries: number;
  /** Points left. */
  points: number;
  readonly #maxPoints: number;
  #series = 0;

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
    const limit = this.#maxPoints.toLocaleString('en-US');
    return new HeedError('too_many_points', `cannot answer: more than ${limit} points would be read or computed; ask for fewer series or a shorter time`);
  }

  /** @throws HeedError `too_many_series` */
  takeSeries(count: number): void {
    this.#series += count;
    if (this.#series > this.maxSeries)
      throw new HeedError('too_many_series', `cannot answer: more than ${this.maxSeries.toLocaleString('en-US')} series match; write narrower patterns`);
  }
}
