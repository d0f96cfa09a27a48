import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { releaseLink } from '../pages/releases/address.ts';
import type { Mark } from '../state/marks.ts';
import { useKeys } from '../state/keys.ts';
import { serverNow } from '../state/now.ts';
import { Icon } from '../widgets/icon.tsx';
import { iso, moment } from '../words/time.ts';
import { Changes } from './changes.tsx';

/** Events so near a moment are what it is called after. */
const NEAR = 1000;

/** What changed at a moment, beside what is looked at; 0 is a moment that is still to be chosen. Over it where there is little room. */
export function ChangesPanel(props: {
  at: number;
  marks: readonly Mark[];
  taken: ReadonlyMap<string, string>;
  /** Takes the focus when it opens; not where it is there from the beginning. */
  focus: boolean;
  onPick(name: string): void;
  onClose(): void;
}): JSX.Element {
  const { at, marks } = props;
  const close = useRef<HTMLButtonElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    before.current = document.activeElement;
    if (props.focus) close.current?.focus({ preventScroll: true });
    return () => {
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus({ preventScroll: true });
    };
  }, []);
  useKeys([{ keys: 'Escape', about: 'close what else changed', run: () => props.onClose() }]);
  const events = marks.filter(({ time }) => Math.abs(time - at) < NEAR);
  return (
    <aside
      class="side changes-side"
      data-open
      aria-label="What else changed"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onClose();
      }}
    >
      <div class="side-head">
        <span>What else changed</span>
        <span class="push" />
        <button ref={close} type="button" class="btn quiet icon" aria-label="Close what else changed" title="Close  Esc" onClick={() => props.onClose()}>
          <Icon name="close" />
        </button>
      </div>
      <div class="side-body">
        {at === 0 ? (
          <p class="mid">
            Choose the moment: click on the chart, or on an event above it. By keyboard, <kbd>←</kbd> and <kbd>→</kbd> on the chart move the cursor and{' '}
            <kbd>w</kbd> asks what changed there.
          </p>
        ) : (
          <>
            <div>
              <h2 class="changes-title" title={iso(at)}>
                What changed at {moment(at, serverNow(), at % 60_000 !== 0)}?
              </h2>
              {events.length > 0 && (
                <p class="mid">
                  {events.map(({ time, text, release }, index) => (
                    <span key={`${time} ${text}`}>
                      {index > 0 && ', '}
                      {release === undefined ? text : <a href={releaseLink(release)}>{text}</a>}
                    </span>
                  ))}
                </p>
              )}
            </div>
            <Changes at={at} taken={props.taken} onPick={(name) => props.onPick(name)} />
          </>
        )}
      </div>
    </aside>
  );
}
