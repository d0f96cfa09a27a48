import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Value } from '../../../widgets/figure.tsx';
import { figureOf, limitsIn, stateOf, type PanelViewProps } from './rows.ts';
import type { FigureName } from '../../../../src/core/dashboard.ts';
import { pageLink } from '../../../state/router.ts';

const MOST = 100;
const TITLES: Record<FigureName, string> = { last: 'Last', average: 'Mean', max: 'Max', min: 'Min', sum: 'Sum' };

/** Rows by their figures, greatest first. */
export function TableView({ panel, lines, unit }: PanelViewProps): JSX.Element {
  const columns = [...new Set<FigureName>([panel.figure, 'average', 'max'])];
  const [by, setBy] = useState<{ figure: FigureName | 'name'; down: boolean }>({ figure: panel.figure, down: true });
  const limits = limitsIn(panel);
  const now = lines.filter((line) => !line.dashed);
  const { figure } = by;
  const sorted = now.toSorted((a, b) => {
    const order =
      figure === 'name' ? a.label.localeCompare(b.label, 'en', { numeric: true }) : (figureOf(a, figure) ?? -Infinity) - (figureOf(b, figure) ?? -Infinity);
    return by.down ? -order : order;
  });
  const head = (key: FigureName | 'name', text: string, more: string): JSX.Element => (
    <th key={key} class={more} aria-sort={by.figure === key ? (by.down ? 'descending' : 'ascending') : undefined}>
      <button type="button" class="plain" onClick={() => setBy({ figure: key, down: by.figure === key ? !by.down : key !== 'name' })}>
        {text}
      </button>
    </th>
  );
  return (
    <div class="panel-scroll" tabIndex={0} role="group" aria-label={panel.title}>
      <table class="table">
        <thead>
          <tr>
            {head('name', 'Series', 'grow')}
            {columns.map((column) => head(column, TITLES[column], 'n'))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, MOST).map((line) => (
            <tr key={line.key}>
              <td class="grow">
                <a class="name mono cut" href={pageLink('/metrics', { target: line.row.name })} title={line.row.name}>
                  {line.label}
                </a>
              </td>
              {columns.map((column) => {
                const value = figureOf(line, column);
                const state = stateOf(value, limits);
                return (
                  <td key={column} class={`n${state === 'bad' || state === 'warn' ? ` ${state} strong` : ''}`}>
                    <Value of={value} unit={unit} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {now.length > MOST && (
        <p class="panel-foot">
          {now.length - MOST} more rows; sorting decides which {MOST} are listed.
        </p>
      )}
    </div>
  );
}
