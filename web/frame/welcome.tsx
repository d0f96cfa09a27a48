import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { InvitationAnswer } from '../../src/api/contract-people.ts';
import { acceptInvitation, readInvitation } from '../state/me.ts';
import { useSubmit } from '../state/submit.ts';
import { clock, day } from '../words/time.ts';
import { EmailField, PasswordField } from './door-fields.tsx';
import { Skeleton } from '../widgets/skeleton.tsx';
import { Problem } from '../widgets/problem.tsx';

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
  const { busy, problem, submit } = useSubmit(async () => {
    await acceptInvitation({ code, email, name, password });
    location.assign('/');
  });
  return (
    <form class="door-form" aria-label="Welcome" onSubmit={submit}>
      <h1>{link.reset ? `A new password for ${link.name}` : link.email === '' ? 'Be the first owner' : 'Welcome to Heed'}</h1>
      <p class="dim">
        {link.reset
          ? 'It signs you out everywhere else.'
          : link.email === ''
            ? 'You let others in. From now on everybody signs in, and programs need a token.'
            : 'Somebody let you in. Say what to call you, and choose a password.'}
      </p>
      <EmailField value={email} onInput={setEmail} readOnly={link.email !== ''} />
      {!link.reset && (
        <label class="field-label">
          <span>
            Name <small>as others see it</small>
          </span>
          <input class="field" type="text" autocomplete="name" required maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
      )}
      <PasswordField label="Password" fresh value={password} onInput={setPassword} />
      <Problem text={problem} />
      <button type="submit" class="btn primary" disabled={busy}>
        {link.reset ? 'Take it' : 'Come in'}
      </button>
      <p class="dim small">
        This link works once, until {day(link.expires)}, {clock(link.expires)}.
      </p>
    </form>
  );
}
