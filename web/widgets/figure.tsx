import type { JSX } from 'preact';
import { figure, type Unit } from '../words/number.ts';

/** A number with its unit smaller and dim. */
export function Value({ of, unit = 'number' }: { of: number | null | undefined; unit?: Unit }): JSX.Element {
  const shown = figure(of, unit);
  if (shown.text === 'none') return <span class="dim">none</span>;
  return (
    <>
      {shown.text}
      {shown.unit !== '' && <span class="unit">{shown.unit}</span>}
    </>
  );
}

/** The large figure of a tile. */
export function Figure({ of, unit = 'number', suffix = '' }: { of: number | null | undefined; unit?: Unit; suffix?: string }): JSX.Element {
  const shown = figure(of, unit);
  const beside = shown.text === 'none' ? '' : `${shown.unit}${suffix}`;
  return (
    <span class={shown.text === 'none' ? 'figure dim' : 'figure'}>
      {shown.text}
      {beside !== '' && <small>{beside}</small>}
    </span>
  );
}
