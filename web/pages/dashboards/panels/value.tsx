import type { JSX } from 'preact';
import { Spark } from '../../../charts/spark.tsx';
import type { Line } from '../../../charts/rows.ts';
import { Figure } from '../../../widgets/figure.tsx';
import { Glyph } from '../../../widgets/state.tsx';
import { inWords, type Unit } from '../../../words/number.ts';
import { clock } from '../../../words/time.ts';
import { earlier, figureOf, limitsIn, stateOf, type PanelViewProps } from './rows.ts';

/** Where there is less room, pixels, the trend stands beside the figure. */
const LOW = 110;
/** Rows that are told each by a figure. */
const MOST = 6;

/** One figure a row, what it was before, and its trend. */
export function ValueView({ panel, lines, unit, height }: PanelViewProps): JSX.Element {
  const now = lines.filter((line) => !line.dashed);
  const limits = limitsIn(panel);
  return (
    <div class={height < LOW ? 'values low' : 'values'}>
      {now.slice(0, MOST).map((line, index) => {
        const value = figureOf(line, panel.figure);
        const state = limits.length === 0 ? 'ok' : stateOf(value, limits);
        const before = lines.filter((one) => one.dashed)[index];
        return (
          <div key={line.key} class="value" data-s={state}>
            {now.length > 1 && <span class="label cut">{line.label}</span>}
            <span class="row">
              {(state === 'bad' || state === 'warn') && <Glyph state={state} large />}
              <Figure of={value} unit={unit} />
            </span>
            <span class="versus cut">{versus(line, before, panel.compare, unit, limits, state)}</span>
            <Spark values={line.row.values} wide />
          </div>
        );
      })}
      {now.length > MOST && <span class="dim small">{now.length - MOST} more</span>}
    </div>
  );
}

function versus(line: Line, before: Line | undefined, compare: string, unit: Unit, limits: ReturnType<typeof limitsIn>, state: string): string {
  const limit = limits.find((one) => one.state === state);
  if (limit) return `limit ${inWords(limit.value, unit)}`;
  if (before) return `${inWords(before.stats.last, unit)} ${earlier(compare)}`;
  const at = line.row.values.findIndex((value) => value !== null);
  const first = line.row.values[at] ?? null;
  const { last } = line.stats;
  if (first === null || last === null) return '';
  const when = clock(line.row.start + at * line.row.step);
  if (first === 0) return `0 at ${when}`;
  const change = Math.round(((last - first) / Math.abs(first)) * 100);
  return change === 0 ? `as at ${when}` : `${change > 0 ? '+' : '−'}${Math.abs(change) > 999 ? 'many times' : `${Math.abs(change)} %`} since ${when}`;
}
