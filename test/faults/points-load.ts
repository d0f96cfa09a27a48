import { defaultPolicy, type PointsPolicy } from '../../src/core/policy.ts';
import { parseRetention } from '../../src/core/retention.ts';

/** The load that fault tests write: series with a value that tells series and slot. */
export const SERIES = 40;
export const STEP = 10_000;
/** Far enough back that any test's slots lie in the past; the killed process hears it from the one that checks. */
export const BASE = Number(process.env.HEED_LOAD_BASE ?? Math.floor((Date.now() - 200 * 86_400_000) / 86_400_000) * 86_400_000);

export const valueAt = (series: number, slot: number): number => series * 1_000_000 + slot;

export function loadPolicy(): PointsPolicy {
  return { ...defaultPolicy(), retention: [{ name: 'all', pattern: /(?:)/, tiers: parseRetention('10s:1y'), adaptive: false }] };
}
