import type { ComponentChildren, JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { EchoLine } from '../../../src/api/contract.ts';
import { echo } from '../../state/now.ts';
import { range } from '../../state/range.ts';
import { href } from '../../state/router.ts';
import { Seg } from '../../widgets/seg.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { clockMillis, iso } from '../../words/time.ts';

/** The line as it came, with the part at fault marked. */
function Raw({ line }: { line: EchoLine }): JSX.Element {
  const { text, fault } = line;
  if (fault === null) return <code class="raw">{text}</code>;
  const [start, end] = fault;
  return (
    <code class="raw">
      {text.slice(0, start)}
      <mark>{text.slice(start, end) || '␣'}</mark>
      {text.slice(end)}
    </code>
  );
}

function Line({ line }: { line: EchoLine }): JSX.Element {
  return (
    <li>
      <time title={iso(line.time)}>{clockMillis(line.time)}</time>
      <span class="from cut">
        {line.transport} {line.from}
      </span>
      <Raw line={line} />
      <span class="fate" data-s={line.taken ? 'ok' : 'warn'}>
        <Glyph state={line.taken ? 'ok' : 'warn'} />
        <span>
          {line.verdict}
          {line.taken && line.series !== '' && (
            <>
              ; <a href={href('/metrics', { target: line.series, from: '-5min' })}>see the graph</a>
            </>
          )}
        </span>
      </span>
    </li>
  );
}

/**
 * Lines as they came and what became of each. While the pointer is on it the list holds still, so that a line can be
 * read and its link be met.
 */
export function EchoPanel({ most, foot }: { most: number; foot?: ComponentChildren }): JSX.Element {
  const [show, setShow] = useState<'all' | 'dropped'>('all');
  const [held, setHeld] = useState(false);
  const kept = useRef<EchoLine[]>([]);
  const { all, dropped } = echo.value;
  if (!held) kept.current = (show === 'all' ? all : dropped).slice(0, most);
  const choose = (key: 'all' | 'dropped'): void => {
    kept.current = (key === 'all' ? all : dropped).slice(0, most);
    setShow(key);
  };
  return (
    <section class="panel" aria-labelledby="h-echo">
      <div class="panel-head">
        <h2 id="h-echo">Packet echo</h2>
        <span class="push">
          <Seg
            name="Which lines"
            value={show}
            onChange={choose}
            options={[
              { key: 'all', text: 'All' },
              { key: 'dropped', text: 'Dropped', note: String(dropped.length) },
            ]}
          />
        </span>
      </div>
      <ol class="echo" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}>
        {kept.current.map((line) => (
          <Line key={line.id} line={line} />
        ))}
        {kept.current.length === 0 && <li class="none dim">{show === 'all' ? 'No line has come yet.' : 'No line among the last was dropped.'}</li>}
      </ol>
      <div class="panel-foot">
        {foot ?? (
          <>
            <span>{held ? 'held while you point at it' : range.value.live ? 'the last lines as they came' : 'paused'}</span>
            <span class="push not-phone">
              <kbd>space</kbd> {range.value.live ? 'pauses' : 'goes on'}
            </span>
          </>
        )}
      </div>
    </section>
  );
}
