import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NewInvitationAnswer, PeopleAnswer, PersonItem } from '../../../../src/api/contract-people.ts';
import { useKeys } from '../../../state/keys.ts';
import { askPeople, linkFor, may, me, removePerson, takeBack } from '../../../state/me.ts';
import { askProjects } from '../../../state/projects.ts';
import { say } from '../../../state/toast.ts';
import { Code } from '../../../widgets/code.tsx';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { clock, day } from '../../../words/time.ts';
import { InvitationTable } from './invitation-table.tsx';
import { PeopleTable } from './people-table.tsx';
import { RolesDialog } from './roles-dialog.tsx';

type Asking = { what: 'invite' } | { what: 'roles' | 'remove'; person: PersonItem };

/** Who signs in, what each may, and who is invited. */
export function PeopleList(): JSX.Element {
  const [answer, setAnswer] = useState<PeopleAnswer | null>(null);
  const [projects, setProjects] = useState<string[]>([]);
  const [problem, setProblem] = useState('');
  const [asking, setAsking] = useState<Asking | null>(null);
  const [made, setMade] = useState<NewInvitationAnswer | null>(null);
  const owner = may('org:admin');
  useKeys([{ keys: 'n', about: 'invite somebody', run: () => owner && setAsking({ what: 'invite' }) }]);
  const ask = async (signal?: AbortSignal): Promise<void> => {
    try {
      const [people, all] = await Promise.all([askPeople(signal), askProjects(signal)]);
      setAnswer(people);
      setProjects(all.map(({ slug }) => slug));
      setProblem('');
    } catch (error) {
      if (!signal?.aborted) setProblem((error as Error).message);
    }
  };
  useEffect(() => {
    document.title = 'People · Settings · Heed';
    const stop = new AbortController();
    void ask(stop.signal);
    return () => stop.abort();
  }, []);
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      await ask();
    } catch (error) {
      say((error as Error).message);
    }
  };
  const nobody = answer?.people.length === 0;
  return (
    <>
      <div class="list-head">
        <div class="page-head">
          <h1>People</h1>
          {owner && (
            <div class="btn-row">
              <button type="button" class="btn primary" title="Invite  n" disabled={!answer} onClick={() => setAsking({ what: 'invite' })}>
                <Icon name="plus" small />
                {nobody ? 'Invite the first owner' : 'Invite'}
              </button>
            </div>
          )}
        </div>
        <p class="dim">
          {nobody
            ? 'Nobody signs in yet: on this machine all is open. From the first person on everybody signs in, here too, and programs need a token.'
            : 'Each signs in with a password of their own; what they do carries their name. Numbers and dashboards are everybody’s, whatever the project.'}
        </p>
        {problem !== '' && (
          <p class="bad" role="alert">
            {problem}
          </p>
        )}
        {made && (
          <section class="panel new-token" aria-label="The link">
            <h2>{made.reset ? `A new password for ${made.email}` : `An invitation for ${made.email}`}</h2>
            <p class="dim">
              Send this link to them. It works once, until {day(made.expires)}, {clock(made.expires)}, and is shown this once.
            </p>
            <Code name="The link" text={made.url} />
          </section>
        )}
      </div>
      {!answer && problem === '' && <Skeleton rows={3} slow="Heed takes long to answer." />}
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
          projects={projects}
          onClose={() => setAsking(null)}
          onDone={(invitation) => {
            setAsking(null);
            if (invitation) setMade(invitation);
            void ask();
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
            await ask();
          }}
          onClose={() => setAsking(null)}
        >
          <p>They are signed out everywhere and do not come in again. What they did stays under their name; the tokens they made stay too.</p>
        </FormDialog>
      )}
    </>
  );
}
