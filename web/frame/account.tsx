import type { JSX } from 'preact';
import { me, signOut } from '../state/me.ts';
import { go, pageLink } from '../state/router.ts';
import { say } from '../state/toast.ts';
import { Icon } from '../widgets/icon.tsx';
import { Menu, MenuItem } from '../widgets/menu.tsx';

/** Who is signed in, and the way out; nothing where nobody signs in. */
export function Account(): JSX.Element | null {
  const person = me.value?.person;
  if (!person) return null;
  const leave = async (): Promise<void> => {
    try {
      await signOut();
      // Nothing of what was seen stays in memory.
      location.assign('/');
    } catch (error) {
      say((error as Error).message);
    }
  };
  return (
    <Menu
      name="You"
      end
      button={(attributes) => (
        <button {...attributes} class="btn quiet icon" aria-label={`Signed in as ${person.name}`} title={person.name}>
          <Icon name="user" />
        </button>
      )}
    >
      {(close) => (
        <>
          <p class="menu-note">
            <b class="anywhere">{person.name}</b>
            <span class="dim small anywhere">{person.email}</span>
          </p>
          <MenuItem close={close} onDo={() => go(pageLink('/settings/you'))}>
            Password and sessions
          </MenuItem>
          <MenuItem close={close} onDo={() => void leave()}>
            Sign out
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
