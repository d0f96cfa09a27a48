/** What a bench prints: one row a measurement, with the ratio to each peer. */
export interface Measurement {
  what: string;
  /** Heed's figure and the peers', by name; NaN where a peer could not be measured. */
  values: Record<string, number>;
  unit: string;
  /** More is better, or less is. */
  better: 'more' | 'less';
  /** What to reach, in words. */
  goal: string;
}

function show(value = NaN): string {
  if (Number.isNaN(value)) return 'none';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(3);
}

/** Prints measurements as aligned lines: figure, peers' figures and ratios heed/peer. */
export function printMeasurements(title: string, measurements: readonly Measurement[]): void {
  console.log(`\n${title}`);
  for (const { what, values, unit, goal } of measurements) {
    const { heed, ...peers } = values;
    const compared = Object.entries(peers).map(
      ([name, value]) => `${name} ${show(value)} (heed/peer ${Number.isNaN(value) ? 'none' : (heed === value ? 1 : heed / value).toPrecision(3)})`,
    );
    console.log(`  ${what.padEnd(44)} ${`${show(heed)} ${unit}`.padStart(18)}   ${compared.join(', ')}   goal: ${goal}`);
  }
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? NaN : (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
