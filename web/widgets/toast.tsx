import type { JSX } from 'preact';
import { sayNothing, toast } from '../state/toast.ts';

/** The place where short words appear; it is always there so that screen readers hear them. */
export function Toast(): JSX.Element {
  const { text, action } = toast.value;
  return (
    <div role="status" aria-live="polite">
      {text !== '' && (
        <div class="toast">
          <span>{text}</span>
          {action && (
            <button
              type="button"
              class="btn"
              onClick={() => {
                sayNothing();
                action.run();
              }}
            >
              {action.text}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
