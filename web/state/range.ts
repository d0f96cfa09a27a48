import { computed } from '@preact/signals';
import { DEFAULT_SPAN, parseRange, RANGES, relativeText, windowOf, type Range } from '../words/range.ts';
import { change, route } from './router.ts';

export const range = computed<Range>(() => parseRange(route.value.params.get('from'), route.value.params.get('until')));

export function setLive(millis: number): void {
  change((params) => {
    params.set('from', relativeText(millis));
    params.delete('until');
  });
}

/** Fixes the window; `from` and `until` are milliseconds, kept to the second. */
export function setFixed(from: number, until: number): void {
  const start = Math.floor(from / 1000);
  change((params) => {
    params.set('from', String(start));
    params.set('until', String(Math.max(start + 1, Math.ceil(until / 1000))));
  });
}

/** Pause fixes the window where it is; live lets it move again with the same length. */
export function toggleLive(now: number): void {
  const shown = range.value;
  if (shown.live) setFixed(now - shown.span, now);
  else goLive(shown.span);
}

/** A fixed window is up to two seconds longer than the range it came from. */
function goLive(span: number): void {
  setLive(RANGES.find((one) => Math.abs(one.span - span) <= 2000)?.span ?? span);
}

/** One whole window earlier (-1) or later (+1); arriving at the present makes it live. */
export function shiftRange(direction: -1 | 1, now: number): void {
  const shown = range.value;
  if (shown.live && direction === 1) return;
  const { from, until } = windowOf(shown, now);
  if (direction === 1 && until + shown.span >= now) goLive(shown.span);
  else setFixed(from + direction * shown.span, until + direction * shown.span);
}

/** What was shown before each zoom, as the URL had it. */
const zooms: { from: string | null; until: string | null }[] = [];

/** Zooms into a part; `zoomBack` returns to what was shown before, step by step. */
export function zoomTo(from: number, until: number): void {
  const { params } = route.value;
  zooms.push({ from: params.get('from'), until: params.get('until') });
  setFixed(from, until);
}

export function zoomBack(): void {
  const before = zooms.pop();
  if (before === undefined) {
    if (!range.value.live) goLive(DEFAULT_SPAN);
    return;
  }
  change((params) => {
    for (const [key, value] of Object.entries(before)) {
      if (value === null) params.delete(key);
      else params.set(key, value);
    }
  });
}
