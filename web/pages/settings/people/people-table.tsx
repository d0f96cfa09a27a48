import type { JSX } from 'preact';
import type { PersonItem } from '../../../../src/api/contract-people.ts';
import { rolesText } from '../../../../src/core/roles.ts';
import { serverNow } from '../../../state/now.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { Menu, MenuItem } from '../../../widgets/menu.tsx';
import { agoText } from '../../../words/time.ts';

/** Everybody, by name. */
export function PeopleTable(props: {
  people: readonly PersonItem[];
  /** Number of who looks. */
  mine: number | undefined;
  owner: boolean;
  onRoles: (person: PersonItem) => void;
  onLink: (person: PersonItem) => void;
  onRemove: (person: PersonItem) => void;
}): JSX.Element {
  return (
    <section class="panel plain" aria-label="People">
      <table class="table">
        <thead>
          <tr>
            <th>Name</th>
            <th class="grow">May</th>
            <th class="p2">Seen</th>
            {props.owner && (
              <th>
                <span class="sr">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {props.people.map((person) => (
            <tr key={person.id}>
              <td class="token-for person">
                <span class="strong anywhere">{person.name}</span>
                {person.id === props.mine && <span class="dim"> you</span>}
                <span class="dim small under anywhere">{person.email}</span>
              </td>
              <td class="grow">{rolesText(person)}</td>
              <td class="nowrap p2">{person.seen === null ? <span class="dim">not signed in</span> : agoText(person.seen, serverNow())}</td>
              {props.owner && (
                <td class="n">
                  <Menu
                    name={`What to do with ${person.name}`}
                    end
                    button={(attributes) => (
                      <button {...attributes} class="btn quiet icon" aria-label={`What to do with ${person.name}`}>
                        <Icon name="more" small />
                      </button>
                    )}
                  >
                    {(close) => (
                      <>
                        <MenuItem close={close} onDo={() => props.onRoles(person)}>
                          Change what they may
                        </MenuItem>
                        <MenuItem close={close} onDo={() => props.onLink(person)}>
                          Link for a new password
                        </MenuItem>
                        <MenuItem close={close} class="bad" onDo={() => props.onRemove(person)}>
                          Remove
                        </MenuItem>
                      </>
                    )}
                  </Menu>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
