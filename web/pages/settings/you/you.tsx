import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { PasswordField } from '../../../frame/door-fields.tsx';
import { useAsked } from '../../../state/asked.ts';
import { askSessions, changePassword, endOtherSessions, me } from '../../../state/me.ts';
import { serverNow } from '../../../state/now.ts';
import { useSubmit } from '../../../state/submit.ts';
import { say } from '../../../state/toast.ts';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { plural } from '../../../words/number.ts';
import { agoText } from '../../../words/time.ts';
import { Problem } from '../../../widgets/problem.tsx';
import { SettingsHead } from '../head.tsx';

/** What is about who is signed in: the password, and where else they are signed in. */
export function You(): JSX.Element {
  const { answer, problem, again } = useAsked('', askSessions, () => true);
  useEffect(() => void (document.title = 'You · Settings · Heed'), []);
  const others = answer?.sessions.filter(({ here }) => !here).length ?? 0;
  const leaveOthers = async (): Promise<void> => {
    try {
      const { signedOut } = await endOtherSessions();
      say(`Signed out in ${plural(signedOut, 'other place')}`);
      again();
    } catch (error) {
      say((error as Error).message);
    }
  };
  return (
    <>
      <SettingsHead title={me.value?.person?.name ?? ''} about={me.value?.person?.email ?? ''} problem={problem?.message ?? ''} />
      {me.value?.person?.hasPassword && (
        <div class="you-form">
          <PasswordForm onChanged={again} />
        </div>
      )}
      {!answer && !problem && <Skeleton rows={2} slow="Heed takes long to answer." />}
      {answer && (
        <section class="panel plain" aria-label="Where you are signed in">
          <div class="panel-head">
            <h2>Where you are signed in</h2>
            {others > 0 && (
              <button type="button" class="btn push" onClick={() => void leaveOthers()}>
                Sign out everywhere else
              </button>
            )}
          </div>
          <table class="table">
            <thead>
              <tr>
                <th class="grow">Browser</th>
                <th>Address</th>
                <th>Signed in</th>
                <th>Used</th>
              </tr>
            </thead>
            <tbody>
              {answer.sessions.map(({ id, here, browser, address, created, used }) => (
                <tr key={id}>
                  <td class="grow">
                    {browser} {here && <span class="dim">this one</span>}
                  </td>
                  <td class="nowrap">{address}</td>
                  <td class="nowrap">{agoText(created, serverNow())}</td>
                  <td class="nowrap">{here ? 'now' : agoText(used, serverNow())}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function PasswordForm({ onChanged }: { onChanged: () => void }): JSX.Element {
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const { busy, problem, submit } = useSubmit(
    async () => {
      me.value = await changePassword(old, next);
      setOld('');
      setNext('');
      say('The password is changed; you are signed out everywhere else');
      onChanged();
    },
    { again: true },
  );
  return (
    <form class="door-form" aria-label="Change the password" onSubmit={submit}>
      <input class="sr" type="email" autocomplete="username" value={me.value?.person?.email} readOnly tabIndex={-1} aria-hidden="true" />
      <PasswordField label="Password as it is" value={old} onInput={setOld} />
      <PasswordField label="New password" fresh value={next} onInput={setNext} />
      <Problem text={problem} />
      <div class="btn-row">
        <button type="submit" class="btn primary" disabled={busy}>
          Change it
        </button>
      </div>
    </form>
  );
}
