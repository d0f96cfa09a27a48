/**
 * The series mix that stores are compared with: 40 % mostly-zero counters, 20 % integer walks, 10 % two-decimal walks,
 * 10 % tenths, 10 % full-entropy floats, 10 % integer timings.
 */
export interface Workload {
  /** Values of all series for the next step. */
  next(out: Float64Array): void;
}

const STATS = ['mean_90', 'upper_90', 'sum_90', 'count', 'median', 'std', 'mean', 'upper', 'lower', 'sum'];
const VIEWS = [
  'list',
  'detail',
  'search',
  'login',
  'logout',
  'cart',
  'checkout',
  'home',
  'profile',
  'settings',
  'upload',
  'download',
  'export',
  'import',
  'admin',
  'report',
  'feed',
  'notify',
  'health',
  'api',
];

/** Name of series `i`: five levels, ten statistics of twenty views a host. */
export function seriesName(i: number): string {
  return `app.host${Math.floor(i / 200)}.view.${VIEWS[Math.floor(i / 10) % 20]}.timing.${STATS[i % 10]}`;
}

export function workload(series: number, seed = 123456789): Workload {
  let state = seed;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const level = Float64Array.from({ length: series }, () => Math.floor(random() * 1000));
  const kind = Uint8Array.from({ length: series }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 7) % 10);
  return {
    next(out) {
      for (let i = 0; i < series; i++) {
        if (kind[i] < 4) out[i] = random() < 0.05 ? Math.floor(random() * 20) : 0;
        else if (kind[i] < 6) out[i] = random() < 0.5 ? (level[i] += Math.floor(random() * 11) - 5) : level[i];
        else if (kind[i] === 6) out[i] = level[i] = Math.round((level[i] + (random() - 0.5) * 2) * 100) / 100;
        else if (kind[i] === 7) out[i] = Math.floor(random() * 200) / 10;
        else if (kind[i] === 8) out[i] = level[i] + random() * 37.123456789;
        else out[i] = Math.floor(level[i] / 4 + random() * random() * 500);
      }
    },
  };
}
