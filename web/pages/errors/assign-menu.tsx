import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { askCompletion, type IssueChange } from '../../state/errors.ts';
import { askPeople, me, usualProject } from '../../state/me.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu } from '../../widgets/menu.tsx';
import { tokensOf } from './search-tokens.ts';

const MOST = 100;
const MOST_OFFERED = 8;
/** Words of the search, not names. */
const NOBODY = new Set(['', 'me', 'none']);

/** Assigns to somebody: who is here, who was assigned before, or a name. */
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
  const [people, setPeople] = useState<string[]>([]);
  const [known, setKnown] = useState<string[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    // Without names to choose one is typed.
    const none = (): void => undefined;
    askCompletion(usualProject(), 'assigned:', stop.signal).then(
      ({ offers }) => setKnown(offers.map(({ text }) => tokensOf(text.trim())[0]?.value ?? '').filter((value) => !NOBODY.has(value))),
      none,
    );
    askPeople(stop.signal).then((answer) => setPeople(answer.people.map((person) => person.name)), none);
    return () => stop.abort();
  }, []);
  const self = me.value?.person?.name;
  const wanted = name.trim().toLowerCase();
  const offers = [...new Set([...(self === undefined ? [] : [self]), ...people, ...known])].filter(
    (one) => one !== assignee && one.toLowerCase().includes(wanted),
  );
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
      {offers.slice(0, MOST_OFFERED).map((one) => (
        <button key={one} type="button" class="btn quiet" onClick={() => onTake(one)}>
          <span class="cut">{one}</span>
          {one === self && <span class="dim"> you</span>}
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
