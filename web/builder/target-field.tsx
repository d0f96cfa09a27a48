import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { ExpressionField } from './expression-field.tsx';

/** A field for a whole expression: Enter and leaving it keep the text, Escape leaves it as it was. */
export function TargetField(props: { value: string; name: string; onKeep(text: string): void; onLeave(): void }): JSX.Element {
  const [text, setText] = useState(props.value);
  const done = useRef(false);
  // Leaving takes the focus away, which must not keep the text after all.
  const finish = (act: () => void): void => {
    if (done.current) return;
    done.current = true;
    act();
  };
  const keep = (): void => finish(() => props.onKeep(text.trim()));
  return <ExpressionField value={text} name={props.name} focus onInput={setText} onEnter={keep} onEscape={() => finish(() => props.onLeave())} onBlur={keep} />;
}
