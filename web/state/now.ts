import { computed, effect, signal } from '@preact/signals';
import type { EchoLine, NowAnswer } from '../../src/api/contract.ts';
import { askEcho, askNow } from './api.ts';
import { range } from './range.ts';
import { route } from './router.ts';
import { openStream, type StreamState } from './stream.ts';

const KEPT = 200;

/** What arrives and what is stored, as last heard; null before the first answer. */
export const now = signal<NowAnswer | null>(null);

/** Last received lines, newest first. Dropped ones are kept apart too, so that a flood of good lines does not wash them away. */
export const echo = signal<{ all: EchoLine[]; dropped: EchoLine[] }>({ all: [], dropped: [] });

/** Whether Heed answers, and since when not. */
export const reach = signal<{ state: StreamState; lastHeard: number }>({ state: 'waiting', lastHeard: 0 });

/** Time as the server has it; the reader's clock may be wrong. */
let clockOffset = 0;
export const serverNow = (): number => Date.now() + clockOffset;

function hear(answer: NowAnswer): void {
  clockOffset = answer.now - Date.now();
  now.value = answer;
  reach.value = { state: 'open', lastHeard: Date.now() };
}

function lose(): void {
  if (reach.peek().state !== 'lost') reach.value = { ...reach.peek(), state: 'lost' };
}

/** Adds lines in any order; ids decide. */
function addLines(lines: readonly EchoLine[]): void {
  if (lines.length === 0) return;
  const { all, dropped } = echo.peek();
  const known = new Set(all.map((line) => line.id));
  const fresh = lines.filter((line) => !known.has(line.id)).toSorted((a, b) => b.id - a.id);
  if (fresh.length === 0) return;
  // A server that was started again counts from one: what was kept is from before.
  const restarted = all.length > 0 && fresh[0].id < all[0].id;
  const keep = (old: EchoLine[], more: EchoLine[]): EchoLine[] => (restarted ? more : [...more, ...old]).slice(0, KEPT);
  echo.value = {
    all: keep(all, fresh),
    dropped: keep(
      dropped,
      fresh.filter((line) => !line.taken),
    ),
  };
}

const topics = computed(() => (route.value.path === '/' ? 'now,echo' : 'now'));
const live = computed(() => range.value.live);

/** Keeps `now` and `echo` up to date: by stream while live, by one question while paused. */
export function followNow(): void {
  effect(() => {
    const wanted = topics.value;
    const first = (): void => {
      askNow().then(hear, lose);
      if (wanted.includes('echo')) askEcho().then((answer) => addLines(answer.lines), lose);
    };
    first();
    if (!live.value) return undefined;
    return openStream(`/api/v1/live?topics=${wanted}`, { now: hear, echo: addLines }, (state) => {
      if (state === 'lost') lose();
      else if (reach.peek().state === 'lost') first();
    });
  });
}
