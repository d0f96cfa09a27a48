import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { askCompletion, type IssueChange } from '../../state/errors.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu } from '../../widgets/menu.tsx';
import { tokensOf } from './search-tokens.ts';

const MOST = 100;
/** Words of the search, not names. */
const NOBODY = new Set(['', 'me', 'none']);

/** Assigns to somebody: a name, or one that was assigned before. */
export function AssignMenu({ assignee, onDo }: { assignee: string; onDo: (change: IssueChange) => void }): JSX.Element {
  return (
    <Menu
      name="Assign"
      form
      button={(attributes) => (
        <button {...attributes} class="btn" title={assignee === '' ? 'Assign' : `Assigned to ${assignee}`}>
          <Icon name="user" small />
          <span class="cut assignee">{assignee === '' ? 'Assign' : assignee}</span>
        </button>
      )}
    >
      {(close) => (
        <AssignForm
          assignee={assignee}
          onTake={(to) => {
            close();
            onDo({ do: 'assign', to });
          }}
        />
      )}
    </Menu>
  );
}

function AssignForm({ assignee, onTake }: { assignee: string; onTake: (to: string) => void }): JSX.Element {
  const [name, setName] = useState('');
  const [known, setKnown] = useState<string[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    askCompletion('', 'assigned:', stop.signal).then(
      ({ offers }) => setKnown(offers.map(({ text }) => tokensOf(text.trim())[0]?.value ?? '').filter((value) => !NOBODY.has(value) && value !== assignee)),
      // Without names that were assigned before one is typed.
      () => undefined,
    );
    return () => stop.abort();
  }, []);
  return (
    <form
      class="choices"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onTake(name.trim());
      }}
    >
      <label class="field-label">
        <span>To whom</span>
        <input
          type="text"
          class="field"
          placeholder="A name or an e-mail address"
          maxLength={MOST}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      {known.slice(0, 8).map((one) => (
        <button key={one} type="button" class="btn quiet" onClick={() => onTake(one)}>
          <span class="cut">{one}</span>
        </button>
      ))}
      <div class="btn-row">
        <button type="submit" class="btn" disabled={name.trim() === ''}>
          Assign
        </button>
        {assignee !== '' && (
          <button type="button" class="btn quiet" onClick={() => onTake('')}>
            To nobody
          </button>
        )}
      </div>
    </form>
  );
}
