import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ErrorEvent } from '../../../src/core/error-event.ts';
import { copyText } from '../../state/toast.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { plural } from '../../words/number.ts';

/** Letters that are shown; the copy holds all. */
const MOST = 200_000;

/** The event as it is kept. */
export function JsonDialog({ event, onClose }: { event: ErrorEvent; onClose: () => void }): JSX.Element {
  const text = useMemo(() => JSON.stringify(event, null, 2), [event]);
  return (
    <Dialog name="JSON" class="json" onClose={onClose}>
      <div class="dialog-head">
        <h2>Event {event.event_id.slice(0, 8)} as it is kept</h2>
      </div>
      <div class="dialog-body">
        <pre class="code json-text" tabIndex={0} aria-label="JSON of the event">
          {text.slice(0, MOST)}
        </pre>
        {text.length > MOST && <p class="dim small">{plural(text.length - MOST, 'letter')} more; the copy holds all.</p>}
      </div>
      <div class="dialog-foot">
        <button type="button" class="btn" onClick={onClose}>
          Close
        </button>
        <button type="button" class="btn" onClick={() => void copyText(text, 'JSON copied')}>
          Copy
        </button>
      </div>
    </Dialog>
  );
}
