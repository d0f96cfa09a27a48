import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NewInvitationAnswer, PersonItem } from '../../../../src/api/contract-people.ts';
import { useAsked } from '../../../state/asked.ts';
import { useKeys } from '../../../state/keys.ts';
import { askPeople, linkFor, may, me, removePerson, takeBack } from '../../../state/me.ts';
import { askProjects } from '../../../state/projects.ts';
import { say } from '../../../state/toast.ts';
import { Code } from '../../../widgets/code.tsx';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { clock, day } from '../../../words/time.ts';
import { InvitationTable } from './invitation-table.tsx';
import { PeopleTable } from './people-table.tsx';
import { RolesDialog } from './roles-dialog.tsx';
import { SettingsHead } from '../head.tsx';

type Asking = { what: 'invite' } | { what: 'roles' | 'remove'; person: PersonItem };

/** Who signs in, what each may, and who is invited. */
export function PeopleList(): JSX.Element {
  const {
    answer: found,
    problem,
    again,
  } = useAsked(
    '',
    (signal) => Promise.all([askPeople(signal), askProjects(signal)]),
    () => true,
  );
  const [answer, projects] = found ?? [null, []];
  const [asking, setAsking] = useState<Asking | null>(null);
  const [made, setMade] = useState<NewInvitationAnswer | null>(null);
  const owner = may('org:admin');
  useKeys([{ keys: 'n', about: 'invite somebody', run: () => owner && setAsking({ what: 'invite' }) }]);
  useEffect(() => void (document.title = 'People · Settings · Heed'), []);
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      again();
    } catch (error) {
      say((error as Error).message);
    }
  };
  const nobody = answer?.people.length === 0;
  return (
    <>
      <SettingsHead
        title="People"
        about={
          nobody
            ? 'Nobody signs in yet: on this machine all is open. From the first person on everybody signs in, here too, and programs need a token.'
            : 'Each signs in with a password of their own; what they do carries their name. Numbers and dashboards are everybody’s, whatever the project.'
        }
        problem={problem?.message ?? ''}
        add={
          owner
            ? { text: nobody ? 'Invite the first owner' : 'Invite', title: 'Invite  n', ready: answer !== null, run: () => setAsking({ what: 'invite' }) }
            : undefined
        }
      >
        {made && (
          <section class="panel new-token" aria-label="The link">
            <h2>{made.reset ? `A new password for ${made.email}` : `An invitation for ${made.email}`}</h2>
            <p class="dim">
              Send this link to them. It works once, until {day(made.expires)}, {clock(made.expires)}, and is shown this once.
            </p>
            <Code name="The link" text={made.url} />
          </section>
        )}
      </SettingsHead>
      {!answer && !problem && <Skeleton rows={3} slow="Heed takes long to answer." />}
      {answer && !nobody && (
        <PeopleTable
          people={answer.people}
          mine={me.value?.person?.id}
          owner={owner}
          onRoles={(person) => setAsking({ what: 'roles', person })}
          onLink={(person) => void attempt(async () => setMade(await linkFor(person.id)))}
          onRemove={(person) => setAsking({ what: 'remove', person })}
        />
      )}
      {answer && answer.invitations.length > 0 && (
        <InvitationTable invitations={answer.invitations} onTakeBack={({ id }) => void attempt(() => takeBack(id))} />
      )}
      {answer && asking && asking.what !== 'remove' && (
        <RolesDialog
          person={asking.what === 'roles' ? asking.person : undefined}
          first={nobody}
          roles={answer.roles}
          projects={projects.map(({ slug }) => slug)}
          onClose={() => setAsking(null)}
          onDone={(invitation) => {
            setAsking(null);
            if (invitation) setMade(invitation);
            again();
          }}
        />
      )}
      {asking?.what === 'remove' && (
        <FormDialog
          name="Remove"
          title={`Remove ${asking.person.name}?`}
          verb="Remove them"
          danger
          onDo={async () => {
            await removePerson(asking.person.id);
            setAsking(null);
            again();
          }}
          onClose={() => setAsking(null)}
        >
          <p>They are signed out everywhere and do not come in again. What they did stays under their name; the tokens they made stay too.</p>
        </FormDialog>
      )}
    </>
  );
}
