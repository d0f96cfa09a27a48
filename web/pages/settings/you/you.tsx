import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SessionsAnswer } from '../../../../src/api/contract-people.ts';
import { askSessions, changePassword, endOtherSessions, me } from '../../../state/me.ts';
import { serverNow } from '../../../state/now.ts';
import { say } from '../../../state/toast.ts';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { plural } from '../../../words/number.ts';
import { agoText } from '../../../words/time.ts';

/** What is about who is signed in: the password, and where else they are signed in. */
export function You(): JSX.Element {
  const [answer, setAnswer] = useState<SessionsAnswer | null>(null);
  const [problem, setProblem] = useState('');
  const ask = async (signal?: AbortSignal): Promise<void> => {
    try {
      setAnswer(await askSessions(signal));
    } catch (error) {
      if (!signal?.aborted) setProblem((error as Error).message);
    }
  };
  useEffect(() => {
    document.title = 'You · Settings · Heed';
    const stop = new AbortController();
    void ask(stop.signal);
    return () => stop.abort();
  }, []);
  const others = answer?.sessions.filter(({ here }) => !here).length ?? 0;
  const leaveOthers = async (): Promise<void> => {
    try {
      const { signedOut } = await endOtherSessions();
      say(`Signed out in ${plural(signedOut, 'other place')}`);
      await ask();
    } catch (error) {
      say((error as Error).message);
    }
  };
  return (
    <>
      <div class="list-head">
        <div class="page-head">
          <h1>{me.value?.person?.name}</h1>
        </div>
        <p class="dim">{me.value?.person?.email}</p>
        {problem !== '' && (
          <p class="bad" role="alert">
            {problem}
          </p>
        )}
      </div>
      {me.value?.person?.hasPassword && (
        <div class="you-form">
          <PasswordForm onChanged={() => void ask()} />
        </div>
      )}
      {!answer && problem === '' && <Skeleton rows={2} slow="Heed takes long to answer." />}
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
  const [problem, setProblem] = useState('');
  const submit = async (): Promise<void> => {
    try {
      me.value = await changePassword(old, next);
      setOld('');
      setNext('');
      setProblem('');
      say('The password is changed; you are signed out everywhere else');
      onChanged();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form
      class="door-form"
      aria-label="Change the password"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <input class="sr" type="email" autocomplete="username" value={me.value?.person?.email} readOnly tabIndex={-1} aria-hidden="true" />
      <label class="field-label">
        <span>Password as it is</span>
        <input
          class="field"
          type="password"
          autocomplete="current-password"
          required
          maxLength={200}
          value={old}
          onInput={(event) => setOld(event.currentTarget.value)}
        />
      </label>
      <label class="field-label">
        <span>
          New password <small>10 characters or more; three words are good</small>
        </span>
        <input
          class="field"
          type="password"
          autocomplete="new-password"
          required
          maxLength={200}
          value={next}
          onInput={(event) => setNext(event.currentTarget.value)}
        />
      </label>
      {problem !== '' && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <div class="btn-row">
        <button type="submit" class="btn primary">
          Change it
        </button>
      </div>
    </form>
  );
}
