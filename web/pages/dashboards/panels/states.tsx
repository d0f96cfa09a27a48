import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StateName } from '../../../widgets/state.tsx';
import { moment } from '../../../words/time.ts';
import { serverNow } from '../../../state/now.ts';
import { range } from '../../../state/range.ts';
import { limitsIn, type PanelViewProps } from './rows.ts';
import { slotsOf } from './slots.ts';

const SLOT = 10;
const BAR = 7.6;
const HEIGHT = 16;
/** Height of a state's bar, so that it is told without colour. */
const HEIGHTS: Record<StateName, number> = { ok: 8, warn: 12.2, bad: 16, none: 1.9 };
const MOST = 40;

/** A strip a row: how it was, slot by slot, the worst of each. */
export function StatesView({ panel, answer, lines }: PanelViewProps): JSX.Element {
  const { from, until } = answer.frame;
  const element = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(60);
  useEffect(() => {
    const watch = new ResizeObserver(([{ contentRect }]) => setCount(Math.max(12, Math.min(180, Math.floor(contentRect.width / SLOT)))));
    watch.observe(element.current as HTMLDivElement);
    return () => watch.disconnect();
  }, []);
  const limits = limitsIn(panel);
  const now = lines.filter((line) => !line.dashed);
  return (
    <div class="panel-scroll">
      <div class="panel-body states">
        {now.slice(0, MOST).map((line, index) => (
          <div key={line.key}>
            <span class="cut" title={line.row.name}>
              {line.label}
            </span>
            <div class="strip" ref={index === 0 ? element : undefined}>
              <Strip slots={slotsOf(line.row, from, until, count, limits)} from={from} until={until} name={line.label} />
            </div>
          </div>
        ))}
        <div class="strip-ends" style={{ gridColumn: 2 }}>
          <span>{moment(from, serverNow(), false)}</span>
          <span>{range.value.live ? 'now' : moment(until, serverNow(), false)}</span>
        </div>
        {now.length > MOST && <p class="dim small">{now.length - MOST} more</p>}
      </div>
    </div>
  );
}

function Strip({ slots, from, until, name }: { slots: readonly StateName[]; from: number; until: number; name: string }): JSX.Element {
  const paths = new Map<StateName, string>();
  slots.forEach((state, slot) => {
    const high = HEIGHTS[state];
    paths.set(state, `${paths.get(state) ?? ''}M${slot * SLOT} ${HEIGHT - high}h${BAR}v${high}h-${BAR}z`);
  });
  const size = (until - from) / slots.length;
  const worst = slots.flatMap((state, slot) => (state === 'bad' ? [moment(from + slot * size, serverNow(), false)] : []));
  const says = worst.length === 0 ? `${name}: never bad` : `${name}: bad at ${worst.slice(0, 5).join(', ')}${worst.length > 5 ? ' and later' : ''}`;
  return (
    <svg
      viewBox={`0 0 ${slots.length * SLOT - SLOT + BAR} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={says}
      style={{ height: `${HEIGHT}px` }}
    >
      <title>{says}</title>
      {[...paths].map(([state, path]) => (
        <path key={state} class={state} d={path} />
      ))}
    </svg>
  );
}
