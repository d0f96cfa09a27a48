import type { Row } from '../../core/frame.ts';

/** How fast level and season (and the deviation) follow what happens, and how fast the trend does; Graphite's constants. */
const ALPHA = 0.1;
const GAMMA = 0.1;
const BETA = 0.0035;

export interface Analysis {
  /** What was expected at each position, from the values before it. */
  predictions: Float64Array;
  /** How far from it values usually are at this place of the season. */
  deviations: Float64Array;
}

/**
 * Triple exponential smoothing of values that repeat after `season` positions, at least 2. After a gap level and trend
 * begin anew, and the position behind the gap has no prediction.
 */
export function analyze(values: Float64Array, season: number): Analysis {
  const predictions = new Float64Array(values.length);
  const deviations = new Float64Array(values.length);
  const seasonals = new Float64Array(values.length);
  let level = NaN;
  let trend = 0;
  let next = NaN;
  for (let i = 0; i < values.length; i++) {
    const actual = values[i];
    const prediction = i === 0 ? actual : next;
    predictions[i] = prediction;
    if (actual !== actual) {
      level = NaN;
      trend = 0;
      next = NaN;
      continue;
    }
    const ago = i - season;
    const seasonal = ago >= 0 ? seasonals[ago] : 0;
    const lastLevel = level === level ? level : actual;
    level = ALPHA * (actual - seasonal) + (1 - ALPHA) * (lastLevel + trend);
    trend = BETA * (level - lastLevel) + (1 - BETA) * trend;
    seasonals[i] = GAMMA * (actual - level) + (1 - GAMMA) * seasonal;
    next = level + trend + (ago >= -1 ? seasonals[ago + 1] : 0);
    // Graphite takes a missing prediction for 0 here, so deviations jump behind gaps.
    const error = Math.abs(actual - (prediction === prediction ? prediction : 0));
    deviations[i] = GAMMA * error + (1 - GAMMA) * (ago >= 0 ? deviations[ago] : 0);
  }
  return { predictions, deviations };
}

/** What is shown of an analysis: the part behind its training. */
export interface Forecast extends Analysis {
  row: Row;
  actual: Float64Array;
  start: number;
}

/** Learns from `training` milliseconds at a row's beginning and forecasts the rest. */
export function forecast(row: Row, training: number, season: number): Forecast {
  const { predictions, deviations } = analyze(row.values, Math.max(2, Math.floor(season / row.step)));
  const skipped = Math.floor(training / row.step);
  return {
    row,
    actual: row.values.subarray(skipped),
    predictions: predictions.slice(skipped),
    deviations: deviations.slice(skipped),
    start: row.start + training,
  };
}

/** `delta` deviations above the predictions, or below with a negative one. */
export function band({ predictions, deviations }: Analysis, delta: number): Float64Array {
  return predictions.map((prediction, i) => prediction + delta * deviations[i]);
}

/** How far each value is above the upper band, or below the lower one as a negative number; 0 between them and in gaps. */
export function aberration(forecast: Forecast, delta: number): Float64Array {
  const upper = band(forecast, delta);
  const lower = band(forecast, -delta);
  return forecast.actual.map((value, i) => (value > upper[i] ? value - upper[i] : value < lower[i] ? value - lower[i] : 0));
}
