import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';

export type StateName = 'ok' | 'warn' | 'bad' | 'none';

const GLYPHS: Record<StateName, JSX.Element> = {
  ok: <path fill-rule="evenodd" d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm3.2 4.2L7 9.6 4.9 7.5 3.7 8.7 7 12l5.4-5.6z" />,
  warn: <path fill-rule="evenodd" d="M8 1.2 15.6 14.6H.4zM7.1 5.8v4.4h1.8V5.8zm0 5.4V13h1.8v-1.8z" />,
  bad: (
    <path
      fill-rule="evenodd"
      d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1zm.7 3.5L4.5 5.8 6.7 8l-2.2 2.2 1.3 1.3L8 9.3l2.2 2.2 1.3-1.3L9.3 8l2.2-2.2-1.3-1.3L8 6.7z"
    />
  ),
  none: <path d="M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9z" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.6 2.19" />,
};

/** The silhouette of a state; always beside a word. */
export function Glyph({ state, large = false }: { state: StateName; large?: boolean }): JSX.Element {
  return (
    <svg class={large ? 'g l' : 'g'} viewBox="0 0 16 16" aria-hidden="true">
      {GLYPHS[state]}
    </svg>
  );
}

/** State of one thing: glyph and word. */
export function State({ state, children }: { state: StateName; children: ComponentChildren }): JSX.Element {
  return (
    <span class="state" data-s={state}>
      <Glyph state={state} />
      <span>{children}</span>
    </span>
  );
}

/** The sentence that a page opens with, then its evidence. */
export function Verdict({ state, text, children }: { state: StateName; text: string; children?: ComponentChildren }): JSX.Element {
  // Its figures change every second; it is spoken only when the state does.
  const announced = useMemo(() => text, [state]);
  return (
    <section class="verdict" data-s={state} aria-label="Verdict">
      <Glyph state={state} large />
      <h1>{text}</h1>
      <p class="sr" role="status">
        {announced}
      </p>
      {children !== undefined && <ul class="evidence">{children}</ul>}
    </section>
  );
}
