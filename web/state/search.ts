import { useEffect, useState } from 'preact/hooks';
import type { SearchAnswer } from '../../src/api/contract.ts';
import { askSearch } from './api.ts';

/** Long enough that a fast typist asks once a word, too short to be seen. */
const PAUSE = 20;

/** What was found; `current` is false while it answers older words. Null for no words. */
export interface Found {
  found: SearchAnswer | null;
  current: boolean;
}

/** Names that hold all words, asked anew as they change. The last answer stays until the next one is there. */
export function useSearch(words: string, limit: number): Found {
  const [last, setLast] = useState<{ words: string; answer: SearchAnswer | null }>({ words: '', answer: null });
  const wanted = words.trim();
  useEffect(() => {
    if (wanted === '') {
      setLast({ words: '', answer: null });
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      askSearch(wanted, limit, stop.signal).then(
        (answer) => setLast({ words: wanted, answer }),
        () => undefined,
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, limit]);
  return { found: last.answer, current: last.words === wanted };
}

/** Makes an Enter that comes before the answer wait for it, so that a fast hand takes what it typed. */
export function useEnter(current: boolean, take: () => void): () => void {
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    if (!entered || !current) return;
    setEntered(false);
    take();
  }, [entered, current]);
  return () => setEntered(true);
}
