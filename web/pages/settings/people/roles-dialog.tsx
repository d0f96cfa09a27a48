import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NewInvitationAnswer, PeopleAnswer, PersonItem } from '../../../../src/api/contract-people.ts';
import { changeRoles, type GivenRoles, invite } from '../../../state/me.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RoleFields } from './role-fields.tsx';

/** Invites somebody, or changes what somebody who is here may. */
export function RolesDialog(props: {
  /** Who is here; undefined to invite. */
  person: PersonItem | undefined;
  /** Nobody is here: it must be an owner. */
  first: boolean;
  roles: PeopleAnswer['roles'];
  projects: readonly string[];
  onDone: (made: NewInvitationAnswer | undefined) => void;
  onClose: () => void;
}): JSX.Element {
  const { person, first } = props;
  const [email, setEmail] = useState('');
  const [given, setGiven] = useState<GivenRoles>(person ? { role: person.role, roles: person.roles } : { role: first ? 'owner' : 'member', roles: {} });
  const submit = async (): Promise<void> => {
    const roles = given.role === 'owner' ? { ...given, roles: {} } : given;
    if (!person) return props.onDone(await invite(email, roles));
    await changeRoles(person.id, roles);
    props.onDone(undefined);
  };
  return (
    <FormDialog
      name={person ? 'What they may' : 'Invite'}
      title={person ? `What ${person.name} may` : first ? 'Invite the first owner' : 'Invite somebody'}
      verb={person ? 'Change it' : 'Make the link'}
      onDo={submit}
      onClose={props.onClose}
    >
      {!person && (
        <label class="field-label">
          <span>E-mail address</span>
          <input
            class="field"
            type="email"
            required
            maxLength={254}
            autofocus
            placeholder="ann@example.org"
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
      )}
      {first ? (
        <p class="dim">The first is an owner: they let the others in. You may be that yourself.</p>
      ) : (
        <RoleFields given={given} roles={props.roles} projects={props.projects} onChange={setGiven} />
      )}
    </FormDialog>
  );
}
