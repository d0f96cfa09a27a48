import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serverNow } from '../state/now.ts';
import { range, setFixed, setLive } from '../state/range.ts';
import { RANGES, windowOf } from '../words/range.ts';
import { fieldTime } from '../words/time.ts';

/** The ranges, and a window of one's own. */
export function RangeMenu({ onDone }: { onDone: () => void }): JSX.Element {
  const shown = range.value;
  const ends = windowOf(shown, serverNow());
  const [from, setFrom] = useState(fieldTime(ends.from));
  const [until, setUntil] = useState(fieldTime(ends.until));
  const [start, end] = [new Date(from).getTime(), new Date(until).getTime()];
  const wrong = Number.isNaN(start) || Number.isNaN(end) ? 'Both times are needed.' : end <= start ? 'The end must be after the start.' : '';
  return (
    <div class="range-menu">
      <div class="range-list">
        {RANGES.map((one, index) => (
          <button
            key={one.span}
            type="button"
            aria-current={shown.live && shown.span === one.span ? 'true' : undefined}
            onClick={() => {
              setLive(one.span);
              onDone();
            }}
          >
            {one.text}
            <kbd class="not-phone">{index + 1}</kbd>
          </button>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wrong !== '') return;
          setFixed(start, end);
          onDone();
        }}
      >
        <label class="field-label">
          From
          <input class="field" type="datetime-local" step="1" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
        </label>
        <label class="field-label">
          To
          <input class="field" type="datetime-local" step="1" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
        </label>
        {wrong !== '' && <p class="bad small">{wrong}</p>}
        <button type="submit" class="btn" disabled={wrong !== ''}>
          Show this window
        </button>
      </form>
    </div>
  );
}
