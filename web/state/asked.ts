import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from './api.ts';

const FRESH_EVERY = 5000;

export interface Asked<Answer> {
  answer: Answer | null;
  problem: ApiProblem | null;
  again: () => void;
}

/** An answer that is asked for again and again while the page is looked at, until it is final. */
export function useAsked<Answer>(
  key: string,
  question: (signal: AbortSignal) => Promise<Answer>,
  isFinal: (answer: Answer) => boolean = () => false,
): Asked<Answer> {
  const [state, setState] = useState<Omit<Asked<Answer>, 'again'>>({ answer: null, problem: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    let final = false;
    const ask = (): void => {
      question(stop.signal).then(
        (answer) => {
          final = isFinal(answer);
          setState({ answer, problem: null });
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          setState(({ answer }) => ({ answer, problem: error instanceof ApiProblem ? error : new ApiProblem('unknown', String(error)) }));
        },
      );
    };
    ask();
    const timer = setInterval(() => !document.hidden && !final && ask(), FRESH_EVERY);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [key, round]);
  return { ...state, again: () => setRound(round + 1) };
}
