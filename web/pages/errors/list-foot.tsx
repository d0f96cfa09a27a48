import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { plural, thousands } from '../../words/number.ts';
import { tabOf, TABS } from './search-tokens.ts';

/** Where counting ends. */
const MOST_COUNTED = 10_000;

/** `12 of 38 open issues`, and the next ones: by scrolling to the end, or by the button. */
export function ListFoot({ shown, total, query, more }: { shown: number; total: number; query: string; more: (() => void) | undefined }): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(more);
  latest.current = more;
  useEffect(() => {
    if (!button.current) return undefined;
    const watch = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current?.());
    watch.observe(button.current);
    return () => watch.disconnect();
  }, [shown, more === undefined]);
  const tab = TABS.find(({ key }) => key === tabOf(query));
  const which = tab === undefined ? '' : `${tab.text.toLowerCase()} `;
  const counted = total >= MOST_COUNTED ? `more than ${thousands(MOST_COUNTED)} ${which}issues` : plural(total, `${which}issue`);
  return (
    <div class="list-foot">
      <span role="status">{shown >= total ? counted : `${thousands(shown)} of ${counted}`}</span>
      {more && (
        <button ref={button} type="button" class="plain link" onClick={more}>
          Show more
        </button>
      )}
      <span class="not-phone push">
        <kbd>j</kbd> <kbd>k</kbd> move &nbsp; <kbd>Enter</kbd> open &nbsp; <kbd>r</kbd> resolve &nbsp; <kbd>?</kbd> all keys
      </span>
    </div>
  );
}
