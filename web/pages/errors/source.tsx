import type { JSX } from 'preact';
import type { Frame } from '../../../src/core/error-event.ts';
import { framePlace, sourceLines } from './frames.ts';

/** Letters of a line; of longer ones, such as minified code, those around the column are shown. */
const LINE = 300;
const BEFORE = 120;

/** The line that was running, with the place that its column names underlined. */
function HitLine({ text, column }: { text: string; column: number | undefined }): JSX.Element {
  const start = column === undefined ? 0 : column - 1;
  const from = text.length > LINE ? Math.max(0, Math.min(start, text.length) - BEFORE) : 0;
  const line = text.slice(from, from + LINE);
  const word = column === undefined || start >= text.length ? '' : (/^(?:[\w$]+|\.[\w$]+|\S)/.exec(text.slice(start))?.[0] ?? '').slice(0, 60);
  const at = start - from;
  return (
    <>
      {from > 0 && '…'}
      {line.slice(0, word === '' ? undefined : at)}
      {word !== '' && (
        <>
          <mark>{word}</mark>
          {line.slice(at + word.length)}
        </>
      )}
      {from + LINE < text.length && '…'}
    </>
  );
}

/** Lines around the one that was running. */
export function Source({ frame }: { frame: Frame }): JSX.Element | null {
  const lines = sourceLines(frame);
  if (lines.length === 0) return null;
  return (
    <div class="code" tabIndex={0} role="group" aria-label={`Source of ${framePlace(frame)}`}>
      <ol class="source">
        {lines.map(({ number, text, hit }) => (
          <li key={number} data-l={number} class={hit ? 'hit' : undefined}>
            {hit ? (
              <HitLine text={text} column={frame.colno} />
            ) : /^\s*(?:\/\/|#|--|\*|\/\*)/.test(text) ? (
              <span class="com">{text.slice(0, LINE)}</span>
            ) : (
              text.slice(0, LINE)
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
