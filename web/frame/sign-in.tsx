import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { MeAnswer } from '../../src/api/contract-people.ts';
import { me, signIn } from '../state/me.ts';
import { useSubmit } from '../state/submit.ts';
import { EmailField, PasswordField } from './door-fields.tsx';
import { Problem } from '../widgets/problem.tsx';

/** Why the provider's people are not let in. */
const REFUSALS: Readonly<Record<string, string>> = {
  not_invited: 'You are not invited here. Ask an owner for a link, for the address that the provider knows.',
  not_verified: 'The provider does not vouch for your e-mail address: have it verified there first.',
  nobody_yet: 'Nobody is here yet: the first owner comes by the link that heed serve prints.',
  too_late: 'That took too long, or began in another browser. Try again.',
  provider_failed: 'The provider does not answer as it should; the log of Heed says more.',
};

/** What the address says of a sign-in by the provider that went wrong; it is said once. */
function refusal(): string {
  const params = new URLSearchParams(location.search);
  const why = params.get('refused');
  if (why === null) return '';
  history.replaceState(null, '', location.pathname);
  return REFUSALS[why] ?? '';
}

/** Asks for address and password, or sends to the provider. */
export function SignIn(props: { email?: string; onIn: (answer: MeAnswer) => void }): JSX.Element {
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const { busy, problem, submit } = useSubmit(async () => props.onIn(await signIn(email, password)), { said: refusal });
  useEffect(() => {
    if (props.email === undefined) document.title = 'Sign in · Heed';
  }, []);
  const provider = me.value?.provider ?? '';
  return (
    <form class="door-form" aria-label="Sign in" onSubmit={submit}>
      <h1>{props.email === undefined ? 'Sign in' : 'You were signed out'}</h1>
      {props.email !== undefined && <p class="dim">Sign in again and go on where you were.</p>}
      <EmailField value={email} onInput={setEmail} autofocus={email === ''} />
      <PasswordField label="Password" value={password} onInput={setPassword} autofocus={email !== ''} />
      <Problem text={problem} />
      <button type="submit" class="btn primary" disabled={busy}>
        Sign in
      </button>
      {provider !== '' && (
        <a class="btn" href={`/sign-in/provider?to=${encodeURIComponent(location.pathname + location.search)}`}>
          Sign in with {provider}
        </a>
      )}
      <p class="dim small">No password any more? An owner can make you a link for a new one.</p>
    </form>
  );
}
