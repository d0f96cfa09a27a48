import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Variable } from '../../../src/core/dashboard.ts';
import { askVariables } from '../../state/dashboards.ts';
import { change, route } from '../../state/router.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu } from '../../widgets/menu.tsx';
import { ALL, choose, chosenOf, type Chosen, type Offers } from './variables.ts';

/** Values that a menu lists; typing finds the others. */
const MOST = 100;

/** What is chosen, and what may be. `chosen` is null until it is known. */
export function useVariables(variables: readonly Variable[]): { chosen: Chosen | null; offers: Offers } {
  const [offers, setOffers] = useState<Offers | null>(null);
  const now = chosenOf(variables, route.value.params, offers ?? new Map());
  const key = JSON.stringify([variables, now]);
  useEffect(() => {
    if (variables.length === 0) return undefined;
    const stop = new AbortController();
    const chosen = Object.fromEntries(Object.entries(now).map(([name, values]) => [name, [...values]]));
    askVariables({ variables: [...variables], chosen }, stop.signal).then(
      (answer) => setOffers(new Map(answer.variables.map(({ name, values }) => [name, values]))),
      () => {
        if (!stop.signal.aborted) setOffers((before) => before ?? new Map());
      },
    );
    return () => stop.abort();
  }, [key]);
  const isKnown = offers !== null || variables.every(({ name }) => now[name].length > 0);
  return { chosen: isKnown ? now : null, offers: offers ?? new Map() };
}

/** One menu a variable. */
export function VariablePicks({ variables, chosen, offers }: { variables: readonly Variable[]; chosen: Chosen; offers: Offers }): JSX.Element {
  return (
    <>
      {variables.map((variable) => (
        <VariablePick key={variable.name} variable={variable} values={chosen[variable.name] ?? []} offers={offers.get(variable.name) ?? variable.values} />
      ))}
    </>
  );
}

function VariablePick({ variable, values, offers }: { variable: Variable; values: readonly string[]; offers: readonly string[] }): JSX.Element {
  const [words, setWords] = useState('');
  const label = variable.label || variable.name;
  const isAll = values.includes(ALL);
  const said = values.length === 0 ? 'none' : isAll ? 'all' : values.length > 2 ? `${values.length} of ${offers.length}` : values.join(', ');
  const found = offers.filter((value) => value.toLowerCase().includes(words.toLowerCase()));
  const take = (next: readonly string[]): void => change((params) => choose(params, variable.name, next));
  return (
    <Menu
      name={label}
      end
      form
      button={(attributes) => (
        <button {...attributes} class="btn quiet pick">
          <small>{label}</small> <b class="cut">{said}</b>
          <Icon name="down" small class="chev" />
        </button>
      )}
    >
      {(close) => {
        const pick = (value: string): void => {
          if (!variable.multiple || value === ALL) {
            take([value]);
            close();
            return;
          }
          const rest = values.filter((one) => one !== ALL);
          const next = rest.includes(value) ? rest.filter((one) => one !== value) : [...rest, value];
          take(next.length === 0 ? [ALL] : next);
        };
        return (
          <div class="choices">
            {offers.length > 8 && (
              <input
                type="search"
                class="field"
                aria-label={`Find in ${offers.length} values`}
                placeholder={`Find in ${offers.length}`}
                value={words}
                onInput={(event) => setWords(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && found.length > 0) pick(found[0]);
                }}
              />
            )}
            <div role="listbox" aria-label={label} aria-multiselectable={variable.multiple} class="choice-list">
              {[ALL, ...found.slice(0, MOST)].map((value) => {
                const on = value === ALL ? isAll : values.includes(value);
                return (
                  <button key={value} type="button" class="choice" role="option" aria-selected={on} onClick={() => pick(value)}>
                    {variable.multiple && <input type="checkbox" tabIndex={-1} checked={on} aria-hidden="true" readOnly />}
                    <span class="cut">{value === ALL ? 'all' : value}</span>
                  </button>
                );
              })}
            </div>
            {found.length === 0 && <p class="dim small">{offers.length === 0 ? 'Nothing to choose from: no series matches.' : 'None has these letters.'}</p>}
            {found.length > MOST && <p class="dim small">{found.length - MOST} more; type to find them.</p>}
          </div>
        );
      }}
    </Menu>
  );
}
