import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { MomentMenu } from '../../../changes/moment-menu.tsx';
import { Chart, type Press } from '../../../charts/chart.tsx';
import { PLAIN, type Look } from '../../../charts/look.ts';
import { colourClass, silentSince, type Line } from '../../../charts/rows.ts';
import { serverNow } from '../../../state/now.ts';
import { zoomTo } from '../../../state/range.ts';
import { Value } from '../../../widgets/figure.tsx';
import { inWords, type Unit } from '../../../words/number.ts';
import { lasting } from '../../../words/time.ts';
import { figureOf, limitsIn, type PanelViewProps } from './rows.ts';

/** Entries of the legend; of more lines the greatest stand there. */
const MOST_NAMED = 6;
const LEGEND_HEIGHT = 30;

/** Lines, areas, stacks and bars over time, and what each line stands for. */
export function ChartView({ panel, answer, lines, unit, marks, height, sync, labels, onPoint, onAsk }: PanelViewProps): JSX.Element {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [focus, setFocus] = useState<string | null>(null);
  const [pressed, setPressed] = useState<Press | null>(null);
  const limits = limitsIn(panel);
  const until = Math.min(answer.frame.until, serverNow());
  const silent = silentSince(lines, until);
  const look: Look = {
    ...PLAIN,
    kind: panel.type === 'area' || panel.type === 'stacked' || panel.type === 'bars' ? panel.type : 'line',
    limits,
    min: panel.min,
    max: panel.max,
    labels,
  };
  const drawn = useMemo(() => lines.map((line) => (line.unit === unit ? line : { ...line, unit })), [lines, unit]);
  const toggle = (key: string): void => setHidden(new Set(hidden.has(key) ? [...hidden].filter((one) => one !== key) : [...hidden, key]));
  const named = lines.length > MOST_NAMED ? lines.toSorted((a, b) => (b.stats.max ?? -Infinity) - (a.stats.max ?? -Infinity)).slice(0, MOST_NAMED) : lines;
  return (
    <>
      <Chart
        lines={drawn}
        hidden={hidden}
        marks={marks}
        focus={focus}
        from={answer.frame.from}
        until={answer.frame.until}
        unit={unit}
        fit={false}
        look={look}
        height={Math.max(80, height - LEGEND_HEIGHT)}
        sync={sync}
        tellsAlone
        says={`${panel.title}: ${sentence(lines, unit)}`}
        onZoom={zoomTo}
        onPoint={onPoint}
        onPress={(press) => {
          if (press.onLabel) onAsk(press.time);
          else if (!press.touch) setPressed(press);
        }}
      />
      {pressed && (
        <MomentMenu
          {...pressed}
          onChoose={(time) => {
            setPressed(null);
            onAsk(time);
          }}
          onClose={() => setPressed(null)}
        />
      )}
      <div class="legend one-line">
        {named.map((line) => (
          <button
            key={line.key}
            type="button"
            class={`${colourClass(line)}${line.dashed ? ' dash' : ''}${hidden.has(line.key) ? ' off' : ''}`}
            aria-pressed={!hidden.has(line.key)}
            title={line.row.name}
            onClick={() => toggle(line.key)}
            onMouseEnter={() => setFocus(hidden.has(line.key) || lines.length < 2 ? null : line.key)}
            onMouseLeave={() => setFocus(null)}
          >
            <span class={line.dashed ? 'key dash' : 'key'} />
            <span class="cut">{line.label}</span>{' '}
            <b>{silent !== null && !line.dashed ? `no data for ${lasting(until - silent)}` : <Value of={figureOf(line, panel.figure)} unit={unit} />}</b>
          </button>
        ))}
        {limits.map((limit) => (
          <span key={limit.value} class={`c-${limit.state} dash`}>
            <span class="key dash" />
            limit{' '}
            <b>
              <Value of={limit.value} unit={unit} />
            </b>
          </span>
        ))}
        {lines.length > named.length && <span class="dim">{lines.length - named.length} more</span>}
      </div>
    </>
  );
}

function sentence(lines: readonly Line[], unit: Unit): string {
  const told = lines
    .slice(0, MOST_NAMED)
    .map(({ label, stats }) => `${label} last ${inWords(stats.last, unit)}, from ${inWords(stats.min, unit)} to ${inWords(stats.max, unit)}`);
  return `${told.join('; ')}${lines.length > MOST_NAMED ? `; ${lines.length - MOST_NAMED} more` : ''}`;
}
