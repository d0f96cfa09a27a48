import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { functions, type GraphiteFunction } from './functions.ts';

/** Functions that fit the words: those whose name begins with them first, then in the name, then in the sentence. */
function fitting(words: string): GraphiteFunction[] {
  const all = [...functions.value.values()].toSorted((a, b) => a.group.localeCompare(b.group) || a.name.localeCompare(b.name));
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return all;
  const rank = ({ name, description }: GraphiteFunction): number => {
    const low = name.toLowerCase();
    if (low.startsWith(parts.join(''))) return low === parts.join('') ? 0 : 1;
    if (parts.every((part) => low.includes(part))) return 2;
    return parts.every((part) => `${low} ${description.toLowerCase()}`.includes(part)) ? 3 : 4;
  };
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .filter((found) => found.rank < 4)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

/** Every function to choose from: type to narrow, arrows to walk, Enter to take. */
export function FunctionPicker(props: { onPick(definition: GraphiteFunction): void; onClose(): void }): JSX.Element {
  const id = useId();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const panel = useRef<HTMLDivElement>(null);
  const found = fitting(words);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => {
    panel.current?.querySelector('input')?.focus();
    const outside = (event: Event): void => {
      if (!panel.current?.contains(event.target as Node)) props.onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);
  useEffect(() => panel.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [chosen, words]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in moves) setAt(Math.max(0, Math.min(found.length - 1, chosen + moves[event.key])));
    else if (event.key === 'Enter' && found[chosen]) props.onPick(found[chosen]);
    else if (event.key === 'Escape') props.onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const groups = [...new Set(found.map(({ group }) => group))];
  const option = (one: GraphiteFunction, more: string): JSX.Element => {
    const index = found.indexOf(one);
    return (
      <div
        key={one.name}
        id={`${id}${index}`}
        class="choice"
        role="option"
        aria-selected={index === chosen}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => props.onPick(one)}
      >
        <code>{one.name}</code>
        <small>{one.description}</small>
        {more !== '' && <small class="dim push not-phone">{more}</small>}
      </div>
    );
  };
  return (
    <div ref={panel} class="menu function-picker" role="dialog" aria-label="Functions" onKeyDown={onKeyDown}>
      <input
        class="field"
        type="text"
        role="combobox"
        aria-label="Find a function"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={found[chosen] ? `${id}${chosen}` : undefined}
        placeholder={`Find in ${functions.value.size} functions`}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
      />
      {found.length === 0 && (
        <p class="mid" role="status">
          No function is called that, or does that.
        </p>
      )}
      <div id={`${id}list`} class="function-list" role="listbox" aria-label="Functions" tabIndex={-1}>
        {words.trim() !== ''
          ? found.map((one) => option(one, one.group))
          : groups.map((group) => (
              <div key={group} role="group" aria-label={group}>
                <div class="function-group" aria-hidden="true">
                  {group}
                </div>
                {found.filter((one) => one.group === group).map((one) => option(one, ''))}
              </div>
            ))}
      </div>
    </div>
  );
}
