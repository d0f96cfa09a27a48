import type { JSX } from 'preact';
import { LEAST_PASSWORD, MOST_PASSWORD } from '../../src/core/password.ts';

interface Field {
  value: string;
  onInput: (value: string) => void;
}

/** Who one is. */
export function EmailField({ value, onInput, autofocus, readOnly }: Field & { autofocus?: boolean; readOnly?: boolean }): JSX.Element {
  return (
    <label class="field-label">
      <span>E-mail address</span>
      <input
        class="field"
        type="email"
        autocomplete="username"
        required
        maxLength={254}
        autofocus={autofocus}
        readOnly={readOnly}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

/** A password that one has, or a new one. */
export function PasswordField(props: Field & { label: string; fresh?: boolean; autofocus?: boolean }): JSX.Element {
  const { label, fresh = false, autofocus, value, onInput } = props;
  return (
    <label class="field-label">
      <span>
        {label}
        {fresh && (
          <>
            {' '}
            <small>{LEAST_PASSWORD} characters or more; three words are good</small>
          </>
        )}
      </span>
      <input
        class="field"
        type="password"
        autocomplete={fresh ? 'new-password' : 'current-password'}
        required
        maxLength={MOST_PASSWORD}
        autofocus={autofocus}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
