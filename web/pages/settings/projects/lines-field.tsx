import type { JSX } from 'preact';

/** A text of several lines, which people write by hand. */
export function LinesField(props: {
  label: string;
  note: string;
  rows: number;
  placeholder: string;
  value: string;
  disabled?: boolean;
  onInput: (text: string) => void;
}): JSX.Element {
  const { label, note, onInput, ...field } = props;
  return (
    <label class="field-label">
      <span>
        {label} <small>{note}</small>
      </span>
      <textarea {...field} class="field mono" spellcheck={false} onInput={(event) => onInput(event.currentTarget.value)} />
    </label>
  );
}
