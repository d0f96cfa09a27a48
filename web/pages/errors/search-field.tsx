import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { IssuesCompletion } from '../../../src/api/contract-errors.ts';
import { askCompletion } from '../../state/errors.ts';
import { useKeys } from '../../state/keys.ts';
import { Icon } from '../../widgets/icon.tsx';
import { queryOf, tokensOf, type Token } from './search-tokens.ts';

const PAUSE = 60;
const LONGEST = 1000;
const NOTHING: IssuesCompletion = { start: 0, offers: [] };

/**
 * A search in Sentry's syntax: each condition is a token, the last one is typed. Enter searches, Tab takes the offer, Backspace
 * in the empty field takes a token back for changing.
 */
export function SearchField(props: { query: string; project: string; name: string; onSearch: (query: string) => void }): JSX.Element {
  const { query, project } = props;
  const [text, setText] = useState('');
  const [focused, setFocused] = useState(false);
  const [completion, setCompletion] = useState(NOTHING);
  const [at, setAt] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const tokens = tokensOf(query);
  useKeys([{ keys: '/', about: 'search errors', run: () => field.current?.focus() }]);
  useEffect(() => {
    if (!focused) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      askCompletion(project, text, stop.signal).then(
        (answer) => {
          setCompletion(answer);
          setAt(-1);
        },
        () => setCompletion(NOTHING),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, focused, project]);

  const offers = focused ? completion.offers : [];
  const search = (added: string): void => {
    setText('');
    setCompletion(NOTHING);
    props.onSearch(queryOf([...tokens, ...tokensOf(added)]).slice(0, LONGEST));
  };
  const take = (offer: string): void => {
    const whole = text.slice(0, completion.start) + offer;
    // A key waits for its value; a whole condition is searched for at once.
    if (/:["[]?$/.test(whole.trim())) setText(whole.trim());
    else search(whole);
  };
  const remove = (token: Token): void => props.onSearch(queryOf(tokens.filter((one) => one !== token)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.isComposing) return;
    if (step !== 0 && offers.length > 0) setAt(at + step < -1 ? offers.length - 1 : at + step >= offers.length ? -1 : at + step);
    else if (event.key === 'Tab' && !event.shiftKey && offers.length > 0 && text !== '') take(offers[Math.max(0, at)].text);
    else if (event.key === 'Enter' && at >= 0) take(offers[at].text);
    else if (event.key === 'Enter') search(text);
    else if (event.key === 'Escape') {
      setText('');
      field.current?.blur();
    } else if (event.key === 'Backspace' && text === '' && tokens.length > 0) {
      setText(tokens[tokens.length - 1].text);
      remove(tokens[tokens.length - 1]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="search-anchor" role="search">
      <div class="search" onClick={(event) => event.target === event.currentTarget && field.current?.focus()}>
        <Icon name="search" small />
        {tokens.map((token, index) => (
          <span key={`${index} ${token.text}`} class="tok" title={token.text}>
            {token.key !== '' && <i>{token.key}:</i>}
            <b class={token.key === '' ? 'words cut' : 'cut'}>{token.value}</b>
            <button type="button" aria-label={`Remove ${token.text}`} onClick={() => remove(token)}>
              ×
            </button>
          </span>
        ))}
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={props.name}
          aria-expanded={offers.length > 0}
          aria-controls="search-offers"
          aria-activedescendant={at >= 0 ? `offer-${at}` : undefined}
          placeholder={tokens.length < 2 ? 'release:  user.email:  “words”' : ''}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={LONGEST}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onKeyDown={onKeyDown}
        />
        <kbd class="not-phone">{focused ? 'Esc' : '/'}</kbd>
      </div>
      <div class="menu" id="search-offers" role="listbox" aria-label="What may follow" hidden={offers.length === 0}>
        {offers.map(({ text: offer, about }, index) => (
          <div
            key={offer}
            id={`offer-${index}`}
            class="choice"
            role="option"
            aria-selected={index === at}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(offer)}
          >
            <code class="cut">{offer}</code>
            <span class="dim cut">{about}</span>
            {index === Math.max(0, at) && text !== '' && <kbd class="push not-phone">Tab</kbd>}
          </div>
        ))}
      </div>
    </div>
  );
}
