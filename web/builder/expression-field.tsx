import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useSearch } from '../state/search.ts';
import { caretIn } from './caret.ts';
import { loadFunctions, parameterInWords } from './functions.ts';
import { type Offer, offersHere, parameterHere } from './offers.ts';
import { wantedFor } from './values.ts';

const MOST_NAMES = 8;

/** A field for an expression: offers names, functions and values as one types, and says what the call at the caret takes next. */
export function ExpressionField(props: {
  value: string;
  name: string;
  /** Takes the focus when it appears. */
  focus?: boolean;
  onInput(text: string): void;
  onEnter(): void;
  onEscape(): void;
  onBlur?(): void;
}): JSX.Element {
  const { value: text } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(text.length);
  const [open, setOpen] = useState(false);
  const [focused, setFocused] = useState(false);
  const [at, setAt] = useState(-1);
  const here = caretIn(text, caret);
  const { found } = useSearch(open && !here.inText && here.word.length > 1 ? here.word.split(/[.*]+/).join(' ') : '', MOST_NAMES);
  const names: Offer[] = (here.word.length > 1 ? (found?.series ?? []) : []).map(({ name }) => ({ text: name, name, about: '' }));
  const offers = open ? [...offersHere(here), ...names].filter((offer) => offer.text !== here.word) : [];
  const hint = focused ? parameterHere(here) : undefined;

  useEffect(loadFunctions, []);
  // At once: what is typed or selected before it ran would be taken away.
  useLayoutEffect(() => {
    if (!props.focus) return;
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);

  // Where the caret goes once the text that was put is in the field: before anything else can be typed.
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current !== null) field.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [text]);
  useEffect(() => document.getElementById(`${id}${at}`)?.scrollIntoView({ block: 'nearest' }), [at]);

  const put = (offer: Offer): void => {
    const end = here.start + offer.text.length;
    props.onInput(text.slice(0, here.start) + offer.text + text.slice(caret));
    setCaret(end);
    setAt(-1);
    // After ( the next thing is offered.
    setOpen(offer.text.endsWith('('));
    field.current?.focus();
    wanted.current = end;
  };
  const follow = (): void => setCaret(field.current?.selectionStart ?? text.length);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && offers.length > 0) setAt(at < 0 && step < 0 ? offers.length - 1 : (at + step + offers.length) % offers.length);
    else if (event.key === 'Tab' && offers.length > 0 && !event.shiftKey) put(offers[Math.max(0, at)]);
    else if (event.key === 'Enter') {
      if (at >= 0 && offers[at]) put(offers[at]);
      else {
        setOpen(false);
        props.onEnter();
      }
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (offers.length > 0) setOpen(false);
      else props.onEscape();
    } else return;
    event.preventDefault();
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
        aria-controls={`${id}offers`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 && offers[at] ? `${id}${at}` : undefined}
        aria-describedby={hint ? `${id}hint` : undefined}
        placeholder="stats.timers.*.mean"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          props.onInput(event.currentTarget.value);
          follow();
          setOpen(true);
          setAt(-1);
        }}
        onKeyDown={onKeyDown}
        onKeyUp={follow}
        onClick={follow}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          setOpen(false);
          props.onBlur?.();
        }}
      />
      {(offers.length > 0 || hint) && (
        <div class="menu">
          {offers.length > 0 && (
            <div id={`${id}offers`} role="listbox" aria-label="What fits here">
              {offers.map((offer, index) => (
                <div
                  key={offer.text}
                  id={`${id}${index}`}
                  class="choice"
                  role="option"
                  aria-selected={index === at}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    put(offer);
                  }}
                >
                  <span class="mono cut">{offer.name}</span>
                  {offer.about !== '' && <small class="cut">{offer.about}</small>}
                </div>
              ))}
            </div>
          )}
          {hint && (
            <p class="call-hint" id={`${id}hint`}>
              <code>
                {hint.definition.name}(
                {hint.definition.params.map((param, index) => (
                  <>
                    {index > 0 && ', '}
                    {param === hint.param ? <b>{parameterInWords(param)}</b> : parameterInWords(param)}
                  </>
                ))}
                )
              </code>
              {hint.param ? <span> {wantedFor(hint.param)}</span> : <span class="warn"> takes no more arguments</span>}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
