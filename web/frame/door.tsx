import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { signedOut } from '../state/api.ts';
import { askMe, followMe, me, peopleSignIn } from '../state/me.ts';
import { followNow } from '../state/now.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { Mark } from '../widgets/icon.tsx';
import { App } from './app.tsx';
import { SignIn } from './sign-in.tsx';
import { Welcome } from './welcome.tsx';

const welcomed = location.pathname === '/welcome';

/** The screens for who may see them, and before that the way in. */
export function Door(): JSX.Element | null {
  const [problem, setProblem] = useState('');
  useEffect(() => {
    // Where even this cannot be asked the screens say so, and try again.
    if (!welcomed && peopleSignIn) askMe().catch((error: unknown) => setProblem((error as Error).message));
  }, []);
  if (welcomed) {
    return (
      <Hall>
        <Welcome />
      </Hall>
    );
  }
  const known = me.value;
  if (peopleSignIn && !known && problem === '') return null;
  if (known?.state === 'out') {
    return (
      <Hall>
        <SignIn onIn={() => location.reload()} />
      </Hall>
    );
  }
  return (
    <>
      <Inside />
      {signedOut.value && known?.person && (
        <Dialog name="Sign in again" onClose={() => undefined}>
          <div class="dialog-body door-again">
            <SignIn
              email={known.person.email}
              onIn={(answer) => {
                if (answer.person?.id !== known.person?.id) location.reload();
                me.value = answer;
                signedOut.value = false;
              }}
            />
          </div>
        </Dialog>
      )}
      {signedOut.value && !known?.person && (
        <Dialog name="Sign in" onClose={() => undefined}>
          <div class="dialog-body door-again">
            <SignIn onIn={() => location.reload()} />
          </div>
        </Dialog>
      )}
    </>
  );
}

function Inside(): JSX.Element {
  useLayoutEffect(() => {
    followNow();
    followMe();
  }, []);
  return <App />;
}

function Hall({ children }: { children: JSX.Element }): JSX.Element {
  return (
    <main class="door">
      <p class="brand">
        <Mark />
        <span>heed</span>
      </p>
      {children}
    </main>
  );
}
