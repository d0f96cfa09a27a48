import { lasting, span } from './time.ts';

/**
 * The window of time that a page looks at. Live: the last `span` milliseconds, moving. Otherwise `from` and `until` are
 * fixed: that is what paused means, so a paused view can be shared.
 */
export type Range = { live: true; span: number } | { live: false; from: number; until: number; span: number };

/** Ranges of the menu and of the keys 1–9. */
export const RANGES: readonly { text: string; short: string; span: number }[] = [
  { text: 'Last 5 min', short: '5 min', span: 300_000 },
  { text: 'Last 15 min', short: '15 min', span: 900_000 },
  { text: 'Last 1 h', short: '1 h', span: 3_600_000 },
  { text: 'Last 3 h', short: '3 h', span: 10_800_000 },
  { text: 'Last 6 h', short: '6 h', span: 21_600_000 },
  { text: 'Last 12 h', short: '12 h', span: 43_200_000 },
  { text: 'Last 24 h', short: '24 h', span: 86_400_000 },
  { text: 'Last 2 d', short: '2 d', span: 172_800_000 },
  { text: 'Last 7 d', short: '7 d', span: 604_800_000 },
];

export const DEFAULT_SPAN = 3_600_000;
const UNITS: Record<string, number> = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Reads `from` and `until` of a URL: `-3h` is live, seconds since 1970 are fixed. Nonsense reads as the default. */
export function parseRange(from: string | null, until: string | null): Range {
  const relative = /^-(\d{1,9})(s|min|h|d|w)$/.exec(from ?? '');
  if (relative && (until === null || until === 'now') && Number(relative[1]) > 0) return { live: true, span: Number(relative[1]) * UNITS[relative[2]] };
  const [start, end] = [Number(from), Number(until)];
  if (from !== null && until !== null && start > 0 && end > start && end < 1e11) {
    return { live: false, from: start * 1000, until: end * 1000, span: (end - start) * 1000 };
  }
  return { live: true, span: DEFAULT_SPAN };
}

/** `-3h` for 10,800,000: the largest unit that fits. */
export function relativeText(millis: number): string {
  for (const unit of ['d', 'h', 'min']) if (millis % UNITS[unit] === 0) return `-${millis / UNITS[unit]}${unit}`;
  return `-${Math.max(1, Math.round(millis / 1000))}s`;
}

/** The window's ends at `now`. */
export function windowOf(shown: Range, now: number): { from: number; until: number } {
  return shown.live ? { from: now - shown.span, until: now } : { from: shown.from, until: shown.until };
}

/** The range as parameters of /render and of our API. */
export function rangeQuery(shown: Range): Record<string, string> {
  return shown.live ? { from: relativeText(shown.span) } : { from: String(shown.from / 1000), until: String(shown.until / 1000) };
}

/** `Last 3 h`, or `11:32 to 14:32`. */
export function rangeText(shown: Range): string {
  return shown.live ? `Last ${RANGES.find((one) => one.span === shown.span)?.short ?? lasting(shown.span)}` : span(shown.from, shown.until, Date.now());
}

/** `3 h`, or `11:32 to 14:32`. */
export function rangeShort(shown: Range): string {
  return rangeText(shown).replace(/^Last /, '');
}
