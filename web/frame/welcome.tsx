import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { InvitationAnswer } from '../../src/api/contract-people.ts';
import { acceptInvitation, readInvitation } from '../state/me.ts';
import { clock, day } from '../words/time.ts';
import { Skeleton } from '../widgets/skeleton.tsx';

/** Whoever has a link says who they are, or chooses a new password. The code is behind the #, which no server sees. */
export function Welcome(): JSX.Element {
  const [code] = useState(() => location.hash.slice(1));
  const [link, setLink] = useState<InvitationAnswer | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    document.title = 'Welcome · Heed';
    if (code.length !== 43) setProblem('This link is not whole. Copy all of it, up to its last character.');
    else readInvitation(code).then(setLink, (error: unknown) => setProblem((error as Error).message));
  }, []);
  if (problem !== '') {
    return (
      <section class="door-form">
        <h1>This link does not work</h1>
        <p>{problem}</p>
        <p>
          <a class="link" href="/">
            Go to the sign-in
          </a>
        </p>
      </section>
    );
  }
  return link ? <WelcomeForm code={code} link={link} /> : <Skeleton rows={3} slow="Heed takes long to answer." />;
}

function WelcomeForm({ code, link }: { code: string; link: InvitationAnswer }): JSX.Element {
  const [email, setEmail] = useState(link.email);
  const [name, setName] = useState(link.name);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await acceptInvitation({ code, email, name, password });
      location.assign('/');
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <form
      class="door-form"
      aria-label="Welcome"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h1>{link.reset ? `A new password for ${link.name}` : link.email === '' ? 'Be the first owner' : 'Welcome to Heed'}</h1>
      <p class="dim">
        {link.reset
          ? 'It signs you out everywhere else.'
          : link.email === ''
            ? 'You let others in. From now on everybody signs in, and programs need a token.'
            : 'Somebody let you in. Say what to call you, and choose a password.'}
      </p>
      <label class="field-label">
        <span>E-mail address</span>
        <input
          class="field"
          type="email"
          autocomplete="username"
          required
          maxLength={254}
          readOnly={link.email !== ''}
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
      </label>
      {!link.reset && (
        <label class="field-label">
          <span>
            Name <small>as others see it</small>
          </span>
          <input class="field" type="text" autocomplete="name" required maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
      )}
      <label class="field-label">
        <span>
          Password <small>10 characters or more; three words are good</small>
        </span>
        <input
          class="field"
          type="password"
          autocomplete="new-password"
          required
          maxLength={200}
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      {problem !== '' && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="btn primary" disabled={busy}>
        {link.reset ? 'Take it' : 'Come in'}
      </button>
      <p class="dim small">
        This link works once, until {day(link.expires)}, {clock(link.expires)}.
      </p>
    </form>
  );
}
