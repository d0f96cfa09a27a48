import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Json } from '../../../src/core/error-event.ts';
import { safeLink, SHOWN, shown } from './values.ts';

/** Most letters of an opened value; the JSON holds all. */
const MOST = 20_000;

/** A value from outside: always text, cut where it is long, with the rest behind a button. Harmless addresses are links. */
export function Value({ of, most = SHOWN }: { of: Json; most?: number }): JSX.Element {
  const [open, setOpen] = useState(false);
  const line = shown(of, most);
  const text = typeof of === 'string' ? of : line;
  const long = typeof of === 'string' ? of.length > most : line.includes('…') || line.length > most;
  const link = typeof of === 'string' ? safeLink(of) : undefined;
  if (link !== undefined && !long) {
    return (
      <a href={link} target="_blank" rel="noreferrer">
        {text}
      </a>
    );
  }
  if (!long) return <>{text}</>;
  const whole = open ? (typeof of === 'string' ? of : JSON.stringify(of, null, 2)).slice(0, MOST) : '';
  return (
    <>
      {open ? <span class="whole">{whole}</span> : `${text.slice(0, most)}…`}{' '}
      <button type="button" class="plain show-all" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Show less' : 'Show all'}
      </button>
    </>
  );
}
