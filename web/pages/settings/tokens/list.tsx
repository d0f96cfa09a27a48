import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NewTokenAnswer, TokenItem } from '../../../../src/api/contract-tokens.ts';
import { useAsked } from '../../../state/asked.ts';
import { useKeys } from '../../../state/keys.ts';
import { serverNow } from '../../../state/now.ts';
import { say } from '../../../state/toast.ts';
import { askTokens, revokeToken } from '../../../state/tokens.ts';
import { Code } from '../../../widgets/code.tsx';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { agoText } from '../../../words/time.ts';
import { NewToken } from './new-token.tsx';
import { SettingsHead } from '../head.tsx';

/** What programs ask Heed with: who uses each, what it may, whether it is used. */
export function TokenList(): JSX.Element {
  const { answer, problem, again } = useAsked('', askTokens, () => true);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<NewTokenAnswer | null>(null);
  const [leaving, setLeaving] = useState<TokenItem | null>(null);
  useKeys([{ keys: 'n', about: 'new token', run: () => setAdding(true) }]);
  useEffect(() => void (document.title = 'Tokens · Settings · Heed'), []);
  const revoke = async (token: TokenItem): Promise<void> => {
    await revokeToken(token.id);
    if (made?.id === token.id) setMade(null);
    setLeaving(null);
    say(`${token.label} (…${token.ending}) is revoked`);
    again();
  };
  return (
    <>
      <SettingsHead
        title="Tokens"
        about="For programs that ask Heed: builds with sentry-cli, Grafana, scripts. One for each, so that one can be revoked without the others. Applications that send errors need none: they have a DSN."
        problem={problem?.message ?? ''}
        add={{ text: 'New', title: 'New token  n', ready: answer !== null, run: () => setAdding(true) }}
      >
        {made && (
          <section class="panel new-token" aria-label="The new token">
            <h2>{made.label}</h2>
            <p class="dim">Copy it now. Heed keeps only its digest, so it is shown this once. sentry-cli needs nothing else: the token knows this server.</p>
            <Code name="The new token" text={`export SENTRY_AUTH_TOKEN=${made.token}`} />
          </section>
        )}
      </SettingsHead>
      {!answer && !problem && <Skeleton rows={3} slow="Heed takes long to answer." />}
      {answer?.tokens.length === 0 && (
        <p class="pad dim">
          There are none yet. On this machine nobody is asked for one; from other machines a program needs one, or the token of <code>HEED_TOKEN</code>.
        </p>
      )}
      {answer && answer.tokens.length > 0 && (
        <section class="panel plain">
          <table class="table">
            <thead>
              <tr>
                <th>For</th>
                <th class="grow p2">It may</th>
                <th>Used</th>
                <th>
                  <span class="sr">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.tokens.map((token) => (
                <tr key={token.id}>
                  <td class="token-for">
                    <span class="strong anywhere">{token.label}</span>
                    <span class="dim small under">
                      …{token.ending}, made {agoText(token.created, serverNow())} by {token.createdBy}
                    </span>
                  </td>
                  <td class="grow p2">{token.scopes.join(', ')}</td>
                  <td class="nowrap">{token.used === null ? <span class="dim">never</span> : agoText(token.used, serverNow())}</td>
                  <td class="n">
                    <button type="button" class="btn quiet" aria-label={`Revoke ${token.label}`} onClick={() => setLeaving(token)}>
                      Revoke
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {adding && answer && (
        <NewToken
          scopes={answer.scopes}
          onClose={() => setAdding(false)}
          onMade={(token) => {
            setMade(token);
            setAdding(false);
            again();
          }}
        />
      )}
      {leaving && (
        <FormDialog
          name="Revoke the token"
          title={`Revoke ${leaving.label}?`}
          verb="Revoke it"
          danger
          onDo={() => revoke(leaving)}
          onClose={() => setLeaving(null)}
        >
          <p>Whoever asks with it is refused from now on. This cannot be undone: make a new one instead.</p>
        </FormDialog>
      )}
    </>
  );
}
