import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Breadcrumb, ErrorEvent } from '../../../src/core/error-event.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { clock, iso } from '../../words/time.ts';
import { beforeEvent, crumbWords, trailMeta } from './crumbs.ts';
import { exceptionTitle } from './frames.ts';
import { Value } from './value.tsx';

/** The last ones are what matters; those before are behind a button. */
const MOST = 30;
const LONG = 200;

/** What happened before, oldest first, up to the event itself. */
export function Trail({ event }: { event: ErrorEvent }): JSX.Element | null {
  const [all, setAll] = useState(false);
  const crumbs = event.breadcrumbs ?? [];
  if (crumbs.length === 0) return null;
  const shown = all ? crumbs : crumbs.slice(-MOST);
  const last = event.exception?.at(-1);
  const title = last ? exceptionTitle(last) : (event.logentry?.formatted ?? 'This event');
  const status = event.contexts?.response?.status_code;
  return (
    <section aria-labelledby="h-trail">
      <div class="section-head">
        <h2 id="h-trail">What led to it</h2>
        <span class="meta">{trailMeta(event)}</span>
      </div>
      {shown.length < crumbs.length && (
        <button type="button" class="btn quiet" onClick={() => setAll(true)}>
          Show {crumbs.length - shown.length} earlier
        </button>
      )}
      <ol class="trail">
        {shown.map((crumb, index) => (
          <Crumb key={index} crumb={crumb} event={event.timestamp} />
        ))}
        <li data-s="bad">
          <time title={iso(event.timestamp)}>{clock(event.timestamp, true)}</time>
          <span class="dot" data-s="bad">
            <Glyph state="bad" />
          </span>
          <p>{title.length > LONG ? `${title.slice(0, LONG)}…` : title}</p>
          <span class="n">{status !== undefined && `answered ${String(status).slice(0, 20)}`}</span>
        </li>
      </ol>
    </section>
  );
}

function Crumb({ crumb, event }: { crumb: Breadcrumb; event: number }): JSX.Element {
  const [open, setOpen] = useState(false);
  const { icon, state, lead, code, note, rest } = crumbWords(crumb);
  return (
    <li data-s={state === 'warn' ? 'warn' : undefined}>
      {crumb.timestamp === undefined ? <span /> : <time title={iso(crumb.timestamp)}>{beforeEvent(crumb.timestamp, event)}</time>}
      <span class="dot" data-s={state}>
        {state ? <Glyph state={state} /> : <Icon name={icon} small />}
      </span>
      <div class="crumb">
        <p>
          {lead}{' '}
          <span class="mono">
            <Value of={code} most={LONG} />
          </span>
          {rest.length > 0 && (
            <button
              type="button"
              class="plain crumb-more"
              aria-expanded={open}
              aria-label="Data of this breadcrumb"
              title="Its data"
              onClick={() => setOpen(!open)}
            >
              <Icon name={open ? 'down' : 'right'} small />
            </button>
          )}
        </p>
        {open && (
          <dl class="kv mono crumb-data">
            {rest.map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>
                  <Value of={value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <span class="n">{note}</span>
    </li>
  );
}
