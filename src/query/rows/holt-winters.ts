import type { Row } from '../../core/frame.ts';

/** How fast level and season (and the deviation) follow what happens, and how fast the trend does; Graphite's constants. */
const ALPHA = 0.1;
const GAMMA = 0.1;
const BETA = 0.0035;

export interface Analysis {
  /** What was expected at each position, from the values before it. */
  predictions: Float64Array;
  /** How far from it values usually are at this place of the season; empty where nobody asks for it. */
  deviations: Float64Array;
}

/** What is shown of an analysis: the part behind its training. */
export interface Forecast extends Analysis {
  row: Row;
  start: number;
}

/** Learns from `training` milliseconds at a row's beginning and forecasts the rest. */
export function forecast(row: Row, training: number, season: number, withDeviations: boolean): Forecast {
  const skipped = Math.floor(training / row.step);
  return {
    row,
    ...analyze(row.values, Math.max(2, Math.floor(season / row.step)), skipped, withDeviations),
    start: row.start + training,
  };
}

/**
 * Triple exponential smoothing of values that repeat after `season` positions, at least 2; tells of positions from `skipped` on. After a
 * gap level and trend begin anew, and the position behind the gap has no prediction.
 */
function analyze(values: Float64Array, season: number, skipped: number, withDeviations: boolean): Analysis {
  const shown = Math.max(0, values.length - skipped);
  const predictions = new Float64Array(shown);
  const deviations = new Float64Array(withDeviations ? shown : 0);
  // One season of each goes round: what is written at a place was read there a season later.
  const round = Math.min(season, values.length + 1);
  const seasonals = new Float64Array(round);
  const errors = new Float64Array(round);
  let level = NaN;
  let trend = 0;
  let next = NaN;
  // Nothing is learnt from gaps, and a series may be younger than its training.
  const first = firstKnown(values);
  predictions.fill(NaN, 0, Math.max(0, first - skipped));
  for (let i = first, at = first % round; i < values.length; i++) {
    const ahead = at + 1 === round ? 0 : at + 1;
    const actual = values[i];
    const prediction = i === 0 ? actual : next;
    if (i >= skipped) predictions[i - skipped] = prediction;
    if (actual === actual) {
      const seasonal = seasonals[at];
      const lastLevel = level === level ? level : actual;
      level = ALPHA * (actual - seasonal) + (1 - ALPHA) * (lastLevel + trend);
      trend = BETA * (level - lastLevel) + (1 - BETA) * trend;
      seasonals[at] = GAMMA * (actual - level) + (1 - GAMMA) * seasonal;
      next = level + trend + seasonals[ahead];
      if (withDeviations) {
        // Graphite takes a missing prediction for 0 here, so deviations jump behind gaps.
        const error = Math.abs(actual - (prediction === prediction ? prediction : 0));
        errors[at] = GAMMA * error + (1 - GAMMA) * errors[at];
        if (i >= skipped) deviations[i - skipped] = errors[at];
      }
    } else {
      level = NaN;
      trend = 0;
      next = NaN;
      seasonals[at] = 0;
      errors[at] = 0;
    }
    at = ahead;
  }
  return { predictions, deviations };
}

function firstKnown(values: Float64Array): number {
  let first = 0;
  while (first < values.length && values[first] !== values[first]) first++;
  return first;
}

/** `delta` deviations above the predictions, or below with a negative one. */
export function band({ predictions, deviations }: Analysis, delta: number): Float64Array {
  return predictions.map((prediction, i) => prediction + delta * deviations[i]);
}

/** How far each value is above the upper band, or below the lower one as a negative number; 0 between them and in gaps. */
export function aberration(values: Float64Array, forecast: Analysis, delta: number): Float64Array {
  const upper = band(forecast, delta);
  const lower = band(forecast, -delta);
  return values.map((value, i) => (value > upper[i] ? value - upper[i] : value < lower[i] ? value - lower[i] : 0));
}
