import { HeedError } from '../../../core/errors.ts';
import type { HistogramRule } from './timer-numbers.ts';

/**
 * Reads the option `statsdOptions.histogram`, upstream's list `[{ "metric": "api", "bins": [10, 100, "inf"] }]` as JSON.
 * @throws HeedError `bad_option`
 */
export function readHistograms(text: string): HistogramRule[] {
  const bad = (why: string): HeedError =>
    new HeedError('bad_option', `cannot use statsdOptions.histogram: ${why}; write a list like [{ "metric": "api", "bins": [10, 100, "inf"] }]`);
  let list: unknown;
  try {
    list = JSON.parse(text || '[]');
  } catch {
    throw bad('it is not JSON');
  }
  if (!Array.isArray(list)) throw bad('it is not a list');
  return list.map((entry: unknown) => {
    const { metric, bins } = (entry ?? {}) as Record<string, unknown>;
    if (typeof metric !== 'string' || !Array.isArray(bins)) throw bad('an entry has no metric or bins');
    return {
      metric,
      bins: bins.map((bin: unknown) => {
        if (bin === 'inf') return Infinity;
        if (typeof bin !== 'number') throw bad(`${JSON.stringify(bin)} is no bin`);
        return bin;
      }),
    };
  });
}
