import type { JSX } from 'preact';
import { pageLink } from '../../state/router.ts';
import { Glyph } from '../../widgets/state.tsx';
import type { Verdict } from './verdict.ts';

/** What a dashboard says in words, above its panels. */
export function VerdictLine({ verdict }: { verdict: Verdict }): JSX.Element {
  return (
    <section class="verdict small" data-s={verdict.state} aria-label="Verdict">
      <Glyph state={verdict.state} />
      <p class="says">
        {verdict.parts.map(({ text, targets }, index) =>
          targets ? (
            <a key={index} href={pageLink('/metrics', { target: [...targets] })}>
              {text}
            </a>
          ) : (
            text
          ),
        )}
      </p>
    </section>
  );
}
