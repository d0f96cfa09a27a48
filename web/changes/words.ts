import type { ChangesAnswer } from '../../src/api/contract.ts';
import { short, thousands, type Unit } from '../words/number.ts';
import { lasting, moment } from '../words/time.ts';

type Change = ChangesAnswer['changes'][number];

/** Direction as a sign; the word stands beside it. */
export const SIGNS: Record<Change['how'], string> = { rose: '↑', fell: '↓', appeared: '+', 'went silent': '○' };

/** Less of a change than this is told by its two figures. */
const LEAST_FACTOR = 1.5;

/** `× 6.6` up, `÷ 3` down, points for percentages; empty where the figures say it. */
export function byHowMuch({ before, after }: Pick<Change, 'before' | 'after'>, unit: Unit): string {
  if (before === null || after === null) return '';
  if (unit === '%') return `${after < before ? '−' : '+'}${short(Math.abs(after - before), 2)} points`;
  if (before * after <= 0) return '';
  const factor = Math.abs(after) / Math.abs(before);
  const [sign, size] = factor < 1 ? ['÷', 1 / factor] : ['×', factor];
  return size < LEAST_FACTOR ? '' : `${sign} ${short(size, 2)}`;
}

/** `Looked at 2,003 series, 30 min before and after 14:02, in 180 ms.` */
export function whatWasLookedAt({ looked, of, span, ms }: ChangesAnswer, at: number, now: number): string {
  const series = looked === of ? thousands(of) : `${thousands(looked)} of ${thousands(of)}`;
  return `Looked at ${series} series, ${lasting(span)} before and after ${moment(at, now, false)}, in ${thousands(Math.round(ms))} ms.`;
}
