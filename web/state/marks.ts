import { useEffect, useState } from 'preact/hooks';
import { windowOf } from '../words/range.ts';
import { askEvents } from './api.ts';
import { serverNow } from './now.ts';
import { range } from './range.ts';

/** Something that happened: a thin line on every chart. */
export interface Mark {
  /** Milliseconds since 1970. */
  time: number;
  text: string;
  /** The version that came out then, if that is what happened. */
  release?: string;
}

const FRESH_EVERY = 5000;
const NOTHING: readonly Mark[] = [];

/** Events of the window that is shown, oldest first; of one that moves with the present they are asked for again every five seconds. */
export function useMarks(): readonly Mark[] {
  const [marks, setMarks] = useState(NOTHING);
  const shown = range.value;
  useEffect(() => {
    const stop = new AbortController();
    const ask = (): void => {
      const { from, until } = windowOf(shown, serverNow());
      askEvents(Math.floor(from), Math.ceil(until) + FRESH_EVERY, stop.signal).then(
        ({ facts }) => {
          const found = facts
            .map(({ time, title, tags }) => ({ time, text: title, release: title === `release ${tags.release}` ? tags.release : undefined }))
            .toSorted((a, b) => a.time - b.time);
          setMarks((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
        },
        // The chart itself says when Heed does not answer.
        () => undefined,
      );
    };
    ask();
    const timer = shown.live ? setInterval(ask, FRESH_EVERY) : undefined;
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [JSON.stringify(shown)]);
  return marks;
}
