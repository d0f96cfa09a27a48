import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useSearch } from '../../state/search.ts';

/** The path that is being typed before the caret. */
function wordBefore(text: string, caret: number): string {
  return /[\w.*\-%$:;=~]*$/.exec(text.slice(0, caret))?.[0] ?? '';
}

/** A field for an expression. Names are offered as one types; Enter keeps the text, Escape leaves it as it was. */
export function TargetField(props: { value: string; name: string; onKeep(text: string): void; onLeave(): void }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(props.value);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const word = wordBefore(text, field.current?.selectionStart ?? text.length);
  const { found } = useSearch(open && word.length > 1 ? word.split(/[.*]+/).join(' ') : '', 8);
  const offers = open ? (found?.series ?? []).map(({ name }) => name).filter((name) => name !== word) : [];

  // At once: what is typed or selected before it ran would be taken away.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(props.value.length, props.value.length);
  }, []);

  const done = useRef(false);
  // Leaving takes the focus away, which must not keep the text after all.
  const finish = (act: () => void): void => {
    if (done.current) return;
    done.current = true;
    act();
  };
  const put = (name: string): void => {
    const caret = field.current?.selectionStart ?? text.length;
    setText(text.slice(0, caret - word.length) + name + text.slice(caret));
    setOpen(false);
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && offers.length > 0) {
      event.preventDefault();
      setAt((at + step + offers.length) % offers.length);
    } else if (event.key === 'Tab' && offers.length > 0 && !event.shiftKey) {
      event.preventDefault();
      put(offers[Math.max(0, at)]);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (at >= 0) put(offers[at]);
      else finish(() => props.onKeep(text.trim()));
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (offers.length > 0) setOpen(false);
      else finish(() => props.onLeave());
    }
  };

  return (
    <div class="target-field">
      <input
        ref={field}
        type="text"
        class="field mono"
        role="combobox"
        aria-label={props.name}
        aria-expanded={offers.length > 0}
        aria-controls="target-offers"
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `offer-${at}` : undefined}
        placeholder="stats.timers.*.mean"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
          setAt(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => finish(() => props.onKeep(text.trim()))}
      />
      {offers.length > 0 && (
        <div class="menu" id="target-offers" role="listbox" aria-label="Names">
          {offers.map((name, index) => (
            <div
              key={name}
              id={`offer-${index}`}
              class="choice"
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => {
                event.preventDefault();
                put(name);
              }}
            >
              <span class="mono cut">{name}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
