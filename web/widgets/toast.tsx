import type { JSX } from 'preact';
import { toast } from '../state/toast.ts';

/** The place where short words appear; it is always there so that screen readers hear them. */
export function Toast(): JSX.Element {
  return (
    <div role="status" aria-live="polite">
      {toast.value !== '' && (
        <div class="toast">
          <span>{toast.value}</span>
        </div>
      )}
    </div>
  );
}
