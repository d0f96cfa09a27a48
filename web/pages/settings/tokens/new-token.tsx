import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NewTokenAnswer, TokensAnswer } from '../../../../src/api/contract-tokens.ts';
import type { Scope } from '../../../../src/core/scopes.ts';
import { addToken } from '../../../state/tokens.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';

/** Asks who the token is for and what it may. */
export function NewToken(props: { scopes: TokensAnswer['scopes']; onMade: (token: NewTokenAnswer) => void; onClose: () => void }): JSX.Element {
  const [label, setLabel] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['org:ci']);
  const make = async (): Promise<void> => {
    if (label.trim() === '') throw new Error('A token needs a name: who uses it, e.g. GitLab CI.');
    if (chosen.length === 0) throw new Error('A token that may nothing is of no use: choose what it may.');
    props.onMade(await addToken(label.trim(), chosen));
  };
  return (
    <FormDialog name="New token" verb="Make it" onDo={make} onClose={props.onClose}>
      <label class="field-label">
        <span>
          For <small>who uses it; what is done with it carries this name</small>
        </span>
        <input type="text" class="field" value={label} maxLength={100} placeholder="GitLab CI" onInput={(event) => setLabel(event.currentTarget.value)} />
      </label>
      <fieldset class="scopes">
        <legend>It may</legend>
        {props.scopes.map(({ scope, about }) => (
          <label key={scope} class="tick">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={(event) => setChosen(event.currentTarget.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))}
            />
            <span>
              <code>{scope}</code> <span class="dim">{about}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}
