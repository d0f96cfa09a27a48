import type { JSX } from 'preact';

/** Two to five exclusive views of one thing. */
export function Seg<Key extends string>(props: {
  name: string;
  options: readonly { key: Key; text: string; note?: string }[];
  value: Key;
  onChange: (key: Key) => void;
}): JSX.Element {
  return (
    <div class="seg" role="group" aria-label={props.name}>
      {props.options.map(({ key, text, note }) => (
        <button key={key} type="button" aria-pressed={key === props.value} onClick={() => props.onChange(key)}>
          {text}
          {note !== undefined && <small>{note}</small>}
        </button>
      ))}
    </div>
  );
}

/** The same look where each choice shows its own panel: a tab list, walked by arrow keys. */
export function TabList<Key extends string>(props: {
  name: string;
  tabs: readonly { key: Key; text: string }[];
  value: Key;
  panel: string;
  onChange: (key: Key) => void;
}): JSX.Element {
  const walk = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = props.tabs.findIndex(({ key }) => key === props.value);
    const next = (at + step + props.tabs.length) % props.tabs.length;
    props.onChange(props.tabs[next].key);
    ((event.currentTarget as HTMLElement).children[next] as HTMLElement).focus();
  };
  return (
    <div class="seg" role="tablist" aria-label={props.name} onKeyDown={walk}>
      {props.tabs.map(({ key, text }) => (
        <button
          key={key}
          type="button"
          role="tab"
          id={`tab-${key}`}
          aria-selected={key === props.value}
          aria-controls={props.panel}
          tabIndex={key === props.value ? 0 : -1}
          onClick={() => props.onChange(key)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
