import { HeedError } from './errors.ts';

/** One archive of a policy: points every `step` ms, kept for `keep` ms. */
export interface Tier {
  step: number;
  keep: number;
}

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

function seconds(text: string, what: string): number {
  const found = /^(\d+)([smhdwy])[a-z]*$/i.exec(text);
  if (!found || Number(found[1]) === 0) throw new HeedError('bad_retention', `cannot read retention '${what}': '${text}' is not a duration like 10s, 5m or 1d`);
  return Number(found[1]) * UNIT_SECONDS[found[2].toLowerCase()];
}

/**
 * Reads carbon's `precision:duration` list, e.g. `10s:6h,1m:7d`. A bare first number is seconds; a bare second number is
 * a count of points (carbon's util.parseRetentionDef). Whisper's rules are checked: each step divides the next, each
 * archive reaches further back, and holds enough points for one of the next.
 * @throws HeedError `bad_retention` naming the part that is wrong
 */
export function parseRetention(text: string): Tier[] {
  const tiers = text.split(',').map((part): Tier => {
    const [precision, duration, extra] = part.trim().split(':');
    if (duration === undefined || extra !== undefined)
      throw new HeedError('bad_retention', `cannot read retention '${text}': '${part.trim()}' is not precision:duration`);
    const step = /^\d+$/.test(precision) ? Number(precision) : seconds(precision, text);
    if (step === 0) throw new HeedError('bad_retention', `cannot read retention '${text}': precision is 0`);
    const keep = /^\d+$/.test(duration) ? Number(duration) * step : seconds(duration, text);
    return { step: step * 1000, keep: keep * 1000 };
  });
  tiers.sort((a, b) => a.step - b.step);
  for (let i = 0; i < tiers.length; i++) {
    const { step, keep } = tiers[i];
    if (keep < step) throw new HeedError('bad_retention', `cannot read retention '${text}': an archive keeps less than one point`);
    const next = tiers[i + 1];
    if (!next) continue;
    if (next.step === step) throw new HeedError('bad_retention', `cannot read retention '${text}': two archives have the same precision`);
    if (next.step % step !== 0)
      throw new HeedError('bad_retention', `cannot read retention '${text}': ${next.step / 1000}s is not a multiple of ${step / 1000}s`);
    if (next.keep <= keep) throw new HeedError('bad_retention', `cannot read retention '${text}': a coarser archive must reach further back`);
    if (keep < next.step)
      throw new HeedError('bad_retention', `cannot read retention '${text}': ${step / 1000}s is kept too short to fill one point of ${next.step / 1000}s`);
  }
  return tiers;
}

/** Writes tiers as carbon does, e.g. `10s:6h,1m:7d`. */
export function formatRetention(tiers: readonly Tier[]): string {
  return tiers.map(({ step, keep }) => `${shortest(step / 1000)}:${shortest(keep / 1000)}`).join(',');
}

function shortest(value: number): string {
  for (const unit of ['y', 'w', 'd', 'h', 'm']) {
    const size = UNIT_SECONDS[unit];
    if (value >= size && value % size === 0) return `${value / size}${unit}`;
  }
  return `${value}s`;
}
