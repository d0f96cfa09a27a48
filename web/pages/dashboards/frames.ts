import { useEffect, useRef, useState } from 'preact/hooks';
import type { FrameAnswer, FramesLine } from '../../../src/api/contract.ts';
import { askFrames } from '../../state/dashboards.ts';
import { range } from '../../state/range.ts';
import { rangeQuery } from '../../words/range.ts';

/** What a panel asks. */
export interface PanelQuestion {
  targets: string[];
  maxDataPoints: number;
}

/** What came of it; both empty before the first answer. */
export interface PanelAnswer {
  frame: FrameAnswer | null;
  problem: string;
}

export interface Answers {
  /** By the panel's position. */
  panels: readonly (PanelAnswer | undefined)[];
  /** Heed does not answer. */
  lost: boolean;
  /** When everything was last there, milliseconds; 0 for never. */
  complete: number;
}

const NOTHING: Answers = { panels: [], lost: false, complete: 0 };
const PATIENCE = 5000;

/** How often a window that moves is asked for again: about as often as a pixel of it passes, ten seconds at least. */
export function refreshOf(span: number): number {
  return Math.max(10_000, Math.min(300_000, Math.round(span / 1440 / 10_000) * 10_000));
}

/** Keeps the rows of all panels: asked by one request when the questions or the range change, and again while it is live. `null` asks nothing. */
export function useFrames(questions: readonly (PanelQuestion | null)[], every: number | null): Answers & { ask: () => void } {
  const [answers, setAnswers] = useState<Answers>(NOTHING);
  const again = useRef<() => void>(() => undefined);
  const shown = range.value;
  const key = JSON.stringify([questions, shown]);
  const known = useRef<{ questions: string[]; panels: (PanelAnswer | undefined)[] }>({ questions: [], panels: [] });

  useEffect(() => {
    // A panel that asks the same as before, wherever it stood, keeps its answer until the new one is there.
    const texts = questions.map((question) => JSON.stringify(question));
    const panels = texts.map((text) => {
      const at = known.current.questions.indexOf(text);
      return at < 0 ? undefined : known.current.panels[at];
    });
    known.current = { questions: texts, panels };
    const asked = questions.flatMap((question, panel) => (question === null ? [] : [{ question, panel }]));
    let stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let paint = 0;
    const show = (more: Partial<Answers>): void => setAnswers((before) => ({ ...before, ...more, panels: [...panels] }));
    const take = (line: FramesLine): void => {
      const { panel } = asked[line.panel];
      panels[panel] = 'frame' in line ? { frame: line.frame, problem: '' } : { frame: null, problem: line.error.message };
      paint ||= requestAnimationFrame(() => {
        paint = 0;
        show({});
      });
    };
    const ask = async (): Promise<void> => {
      clearTimeout(timer);
      stop.abort();
      stop = new AbortController();
      const { signal } = stop;
      const window = { from: '', until: 'now', ...rangeQuery(shown) };
      const next = every ?? refreshOf(shown.span);
      try {
        if (asked.length > 0) await askFrames({ ...window, panels: asked.map(({ question }) => question) }, take, signal);
        show({ lost: false, complete: Date.now() });
        if (shown.live && next > 0) timer = setTimeout(whenSeen, next);
      } catch (error) {
        if (signal.aborted) return;
        show({ lost: true });
        timer = setTimeout(() => void ask(), PATIENCE);
        if (!(error instanceof Error)) throw error;
      }
    };
    const whenSeen = (): void => {
      if (document.hidden) document.addEventListener('visibilitychange', whenSeen, { once: true });
      else void ask();
    };
    again.current = () => void ask();
    show({});
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
      cancelAnimationFrame(paint);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [key, every]);
  return { ...answers, ask: () => again.current() };
}
