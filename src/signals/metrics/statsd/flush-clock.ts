/** The time that a flush stands for: the multiple of the interval nearest to now, so that points are regular whatever the timer does. */
export function boundaryAt(now: number, intervalMs: number): number {
  return Math.round(Math.round(now / intervalMs) * intervalMs);
}

/** Milliseconds until the next boundary, never much less or more than an interval: a wall clock that jumps can neither stall nor hurry the flush. */
export function delayToNext(now: number, intervalMs: number): number {
  const next = (Math.floor(now / intervalMs) + 1) * intervalMs;
  const delay = next - now;
  // A timer that fired a little early must not fire for the same boundary again.
  return delay < intervalMs / 4 ? delay + intervalMs : delay;
}

/** Calls `flush` at every boundary until stopped. A boundary that was flushed already (the clock stepped back) is left to the next one. */
export function startFlushClock(intervalMs: number, flush: (boundary: number) => void, now: () => number = Date.now): { stop(): void } {
  let last = Number.NaN;
  let timer: NodeJS.Timeout;
  const plan = (delay: number): void => {
    timer = setTimeout(fire, delay);
  };
  const fire = (): void => {
    const boundary = boundaryAt(now(), intervalMs);
    plan(delayToNext(now(), intervalMs));
    if (boundary === last) return;
    last = boundary;
    flush(boundary);
  };
  plan(delayToNext(now(), intervalMs));
  return { stop: () => clearTimeout(timer) };
}
