import type { JSX } from 'preact';
import type { ErrorEvent, Json } from '../../../src/core/error-event.ts';
import { Fold } from './frame.tsx';
import { Pairs } from './pairs.tsx';

interface Part {
  name: string;
  note: string;
  pairs: [string, Json][];
}

/** What else the client told, each kind folded. */
export function More({ event }: { event: ErrorEvent }): JSX.Element | null {
  const parts: Part[] = [];
  const add = (name: string, values: Record<string, Json> | undefined, word = ''): void => {
    const pairs = Object.entries(values ?? {});
    if (pairs.length > 0) parts.push({ name, note: `${pairs.length}${word}`, pairs });
  };
  add('Report', event.csp);
  add('Extra data', event.extra);
  add('Packages', event.modules);
  const spans = event.spans ?? [];
  if (spans.length > 0) parts.push({ name: 'Spans', note: String(spans.length), pairs: spans.map((span, index) => [String(span.op ?? index + 1), span]) });
  const images = event.debug_meta?.images ?? [];
  if (images.length > 0)
    parts.push({ name: 'Loaded images', note: String(images.length), pairs: images.map((image, index) => [String(image.type ?? index), image]) });
  const errors = event.errors ?? [];
  if (errors.length > 0) {
    parts.push({
      name: 'What was wrong with the event',
      note: String(errors.length),
      pairs: errors.map(({ type, name, value = '' }) => [name, `${type} ${value}`.trim()]),
    });
  }
  if (parts.length === 0) return null;
  return (
    <section aria-labelledby="h-more">
      <div class="section-head">
        <h2 id="h-more">What else was sent</h2>
      </div>
      <div class="trace">
        {parts.map(({ name, note, pairs }) => (
          <Fold
            key={name}
            class="frame"
            open={name === 'Report' || name === 'Extra data'}
            head={
              <>
                <span class="strong">{name}</span>
                <span class="at words">{note}</span>
              </>
            }
          >
            {() => (
              <div class="fold-body">
                <Pairs mono pairs={pairs} />
              </div>
            )}
          </Fold>
        ))}
      </div>
    </section>
  );
}
