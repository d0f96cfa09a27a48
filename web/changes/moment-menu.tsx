import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Mark } from '../state/marks.ts';
import { clock } from '../words/time.ts';

const WIDTH = 260;
const MOST_MARKS = 4;

/** What can be asked about a place on a chart; opens where it was clicked. */
export function MomentMenu(props: {
  time: number;
  /** What happened near it. */
  marks: readonly Mark[];
  /** Pixels from the chart's left edge, and how wide it is. */
  left: number;
  width: number;
  onChoose(time: number): void;
  onClose(): void;
}): JSX.Element {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.querySelector('button')?.focus({ preventScroll: true });
    const outside = (event: Event): void => {
      if (!panel.current?.contains(event.target as Node)) props.onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') props.onClose();
    else if (step !== undefined) {
      const items = [...(panel.current?.querySelectorAll('button') ?? [])];
      items[(items.indexOf(document.activeElement as HTMLButtonElement) + step + items.length) % items.length]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const item = (time: number, what: string, when: string): JSX.Element => (
    <button key={`${time} ${what}`} type="button" role="menuitem" onClick={() => props.onChoose(time)}>
      <span class="cut">{what}</span>
      <small>{when}</small>
    </button>
  );
  return (
    <div
      ref={panel}
      class="menu moment-menu"
      role="menu"
      aria-label="This moment"
      style={{ left: `${Math.max(0, Math.min(props.left, props.width - WIDTH))}px` }}
      onKeyDown={onKeyDown}
    >
      {item(props.time, 'What else changed here?', clock(props.time, true))}
      {props.marks.slice(0, MOST_MARKS).map(({ time, text }) => item(time, `… at ${text}?`, clock(time, true)))}
    </div>
  );
}
