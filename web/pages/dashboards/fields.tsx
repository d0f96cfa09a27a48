import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

/** A text that is taken when the field is left or Enter is pressed. */
export function TextField(props: {
  label: string;
  value: string;
  note?: string;
  placeholder?: string;
  mono?: boolean;
  /** Lines; one unless given. */
  lines?: number;
  onTake: (text: string) => void;
}): JSX.Element {
  const [text, setText] = useState<string | null>(null);
  const take = (): void => {
    if (text !== null && text !== props.value) props.onTake(text);
    setText(null);
  };
  const common = {
    class: `field${props.mono ? ' mono' : ''}`,
    value: text ?? props.value,
    placeholder: props.placeholder,
    spellcheck: false,
    onInput: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
    onBlur: take,
  };
  return (
    <label class="field-label">
      <span>
        {props.label} {props.note !== undefined && <small>{props.note}</small>}
      </span>
      {props.lines === undefined ? (
        <input
          {...common}
          type="text"
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
          }}
        />
      ) : (
        <textarea {...common} rows={props.lines} />
      )}
    </label>
  );
}

/** One of a few. */
export function ChoiceField<Key extends string>(props: {
  label: string;
  value: Key;
  options: readonly { key: Key; text: string }[];
  onTake: (key: Key) => void;
}): JSX.Element {
  return (
    <label class="field-label">
      <span>{props.label}</span>
      <select class="field" value={props.value} onChange={(event) => props.onTake(event.currentTarget.value as Key)}>
        {props.options.map(({ key, text }) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Fields side by side. */
export function FieldRow({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="field-row">{children}</div>;
}
