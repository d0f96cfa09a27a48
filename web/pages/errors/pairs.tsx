import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Json } from '../../../src/core/error-event.ts';
import { Value } from './value.tsx';

const MOST = 40;

/** What was removed before it was kept is told, not shown as if it were a value. */
const isRemoved = (value: Json): boolean => typeof value === 'string' && /^\[(?:filtered|removed)\]$/i.test(value);

/** Names and values from outside, as text; `links` says by name where a value leads. */
export function Pairs({
  pairs,
  mono = false,
  links = {},
}: {
  pairs: readonly (readonly [string, Json])[];
  mono?: boolean;
  links?: Readonly<Record<string, string>>;
}): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = all ? pairs : pairs.slice(0, MOST);
  return (
    <>
      <dl class={mono ? 'kv mono pairs' : 'kv pairs'}>
        {shown.map(([name, value], index) => (
          <div key={`${index} ${name}`}>
            <dt class="cut" title={name}>
              {name}
            </dt>
            <dd class={isRemoved(value) ? 'dim' : undefined}>
              {isRemoved(value) ? '[removed]' : Object.hasOwn(links, name) ? <a href={links[name]}>{String(value)}</a> : <Value of={value} />}
            </dd>
          </div>
        ))}
      </dl>
      {shown.length < pairs.length && (
        <button type="button" class="btn quiet" onClick={() => setAll(true)}>
          Show all {pairs.length}
        </button>
      )}
    </>
  );
}
