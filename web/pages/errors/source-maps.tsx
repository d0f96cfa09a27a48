import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EventAnswer } from '../../../src/api/contract-errors.ts';
import { plural } from '../../words/number.ts';
import { Glyph, State } from '../../widgets/state.tsx';

type Mapping = NonNullable<EventAnswer['maps']>[number];

const MOST_PLACES = 50;

/** Whether source maps told where minified frames come from, and what had to be right for it: of the frame that threw, or the last that is not mapped. */
export function SourceMaps({ maps }: { maps: readonly Mapping[] }): JSX.Element | null {
  const [all, setAll] = useState(false);
  const shown = maps.findLast(({ ok }) => !ok) ?? maps.at(-1);
  if (!shown) return null;
  const mapped = maps.filter(({ ok }) => ok).length;
  const others = maps
    .filter((one) => one !== shown)
    .toReversed()
    .slice(0, MOST_PLACES);
  return (
    <section class="panel" aria-labelledby="h-maps">
      <div class="panel-head">
        <h2 id="h-maps">Source map</h2>
        <span class="push" />
        <State state={mapped === maps.length ? 'ok' : 'warn'}>
          {mapped === maps.length ? 'mapped' : mapped === 0 ? 'not mapped' : `${mapped} of ${maps.length} mapped`}
        </State>
      </div>
      <div class="panel-body stack-s">
        <Checklist mapping={shown} />
        {all && others.map((mapping) => <Checklist key={mapping.frame} mapping={mapping} />)}
        {others.length > 0 && (
          <button type="button" class="plain link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Hide the others' : `Show ${plural(others.length, 'other place')}`}
          </button>
        )}
      </div>
    </section>
  );
}

function Checklist({ mapping: { frame, why } }: { mapping: Mapping }): JSX.Element {
  return (
    <div>
      <p class="small dim mono cut" title={frame}>
        {frame}
      </p>
      <ul class="ticks">
        {why.map(({ ok, text }) => (
          <li key={text} data-s={ok ? 'ok' : 'warn'}>
            <Glyph state={ok ? 'ok' : 'warn'} />
            <span class="anywhere">
              {!ok && <span class="sr">not so: </span>}
              {text}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
