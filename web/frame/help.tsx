import type { JSX } from 'preact';
import { activeKeys, COMMAND_K } from '../state/keys.ts';
import { RANGES } from '../words/range.ts';
import { Dialog } from '../widgets/dialog.tsx';

const NAMES: Record<string, string> = { ' ': 'space', 'mod+k': COMMAND_K };

/** All keys that work on this page. */
export function Help({ onClose }: { onClose: () => void }): JSX.Element {
  // Later layers win, so a page's own meaning of a key hides the general one.
  const keys = new Map(activeKeys().map((key) => [key.keys, key.about]));
  const shown = [...keys].filter(([name]) => !/^[2-9]$/.test(name));
  return (
    <Dialog name="Keys" class="help" onClose={onClose}>
      <div class="dialog-head">
        <h2>Keys</h2>
      </div>
      <dl class="dialog-body kv">
        {shown.map(([name, about]) => (
          <div key={name}>
            <dt>
              {name === '1' ? (
                <>
                  <kbd>1</kbd> to <kbd>9</kbd>
                </>
              ) : (
                (NAMES[name] ?? name).split(' ').map((part) => <kbd key={part}>{part}</kbd>)
              )}
            </dt>
            <dd>{name === '1' ? `${RANGES[0].text.toLowerCase()} to ${RANGES.at(-1)?.text.toLowerCase()}` : about}</dd>
          </div>
        ))}
      </dl>
      <div class="dialog-foot">
        <button type="button" class="btn" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
