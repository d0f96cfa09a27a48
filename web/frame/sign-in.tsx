import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { MeAnswer } from '../../src/api/contract-people.ts';
import { signIn } from '../state/me.ts';

/** Asks for address and password. */
export function SignIn(props: { email?: string; onIn: (answer: MeAnswer) => void }): JSX.Element {
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (props.email === undefined) document.title = 'Sign in · Heed';
  }, []);
  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      props.onIn(await signIn(email, password));
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <form
      class="door-form"
      aria-label="Sign in"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h1>{props.email === undefined ? 'Sign in' : 'You were signed out'}</h1>
      {props.email !== undefined && <p class="dim">Sign in again and go on where you were.</p>}
      <label class="field-label">
        <span>E-mail address</span>
        <input
          class="field"
          type="email"
          autocomplete="username"
          required
          maxLength={254}
          autofocus={email === ''}
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
      </label>
      <label class="field-label">
        <span>Password</span>
        <input
          class="field"
          type="password"
          autocomplete="current-password"
          required
          maxLength={200}
          autofocus={email !== ''}
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
        Sign in
      </button>
      <p class="dim small">No password any more? An owner can make you a link for a new one.</p>
    </form>
  );
}
