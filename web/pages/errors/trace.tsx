import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Stacktrace } from '../../../src/core/error-event.ts';
import { FrameRow, LibraryRows } from './frame.tsx';
import { MOST_ROWS, traceRows } from './frames.ts';

/** A stack trace, most recent call first; the first call of ours with source is open. `most` rows are shown until all are wanted. */
export function Trace({ trace, all, most = MOST_ROWS, open = true }: { trace: Stacktrace; all: boolean; most?: number; open?: boolean }): JSX.Element {
  const [whole, setWhole] = useState(false);
  const rows = traceRows(trace, all);
  const shown = whole ? rows : rows.slice(0, most);
  const first = open ? rows.find((row) => row.kind === 'frame' && row.frame.context_line !== undefined && row.frame.in_app !== false) : undefined;
  return (
    <div class="trace">
      {shown.map((row, at) =>
        row.kind === 'frame' ? (
          <FrameRow key={row.index} frame={row.frame} open={row === first} />
        ) : row.kind === 'library' ? (
          <LibraryRows key={`l${row.frames[0].index}`} frames={row.frames} />
        ) : (
          <p key={`o${at}`} class="frame frame-row still dim">
            {row.count} frames were left out
          </p>
        ),
      )}
      {shown.length < rows.length && (
        <div class="frame">
          <button type="button" class="plain frame-row" onClick={() => setWhole(true)}>
            Show all {rows.length} lines
          </button>
        </div>
      )}
      {rows.length === 0 && <p class="frame frame-row still dim">The client sent no frames.</p>}
    </div>
  );
}
