import type { JSX } from 'preact';
import { Value } from '../widgets/figure.tsx';
import { Icon } from '../widgets/icon.tsx';
import { colourClass, COLOURS, type Line, type Stats } from './rows.ts';

export type SortKey = 'name' | Exclude<keyof Stats, 'lastTime'>;
/** What the table is sorted by; null is the order of the answer. */
export type Sort = { key: SortKey; down: boolean } | null;

const MOST = 200;
const COLUMNS: readonly { key: Exclude<SortKey, 'name'>; text: string; class: string }[] = [
  { key: 'last', text: 'Last', class: 'n' },
  { key: 'min', text: 'Min', class: 'n p2' },
  { key: 'mean', text: 'Mean', class: 'n' },
  { key: 'max', text: 'Max', class: 'n' },
];

function sorted(lines: readonly Line[], sort: Sort): readonly Line[] {
  if (sort === null) return lines;
  const { key, down } = sort;
  const order = (a: Line, b: Line): number =>
    key === 'name' ? a.row.name.localeCompare(b.row.name, 'en', { numeric: true }) : (a.stats[key] ?? -Infinity) - (b.stats[key] ?? -Infinity);
  return lines.toSorted((a, b) => (down ? order(b, a) : order(a, b)));
}

/** The table behind a chart: figures per line. A name hides or shows its line; the pin gives it a colour of its own. */
export function LegendTable(props: {
  lines: readonly Line[];
  hidden: ReadonlySet<string>;
  pinned: readonly string[];
  sort: Sort;
  onSort(sort: Sort): void;
  onHide(key: string): void;
  onPin(key: string): void;
  onFocus(key: string | null): void;
}): JSX.Element {
  // Many lines are grey: the table leads, highest first.
  const sort: Sort = props.sort ?? (props.lines.length > COLOURS ? { key: 'max', down: true } : null);
  const rows = sorted(props.lines, sort);
  const pins = props.lines.length > 1;
  const next = (key: SortKey): Sort => {
    if (sort?.key !== key) return { key, down: key !== 'name' };
    return sort.down === (key !== 'name') ? { key, down: !sort.down } : null;
  };
  const head = (key: SortKey, text: string, more: string): JSX.Element => (
    <th key={key} class={more} aria-sort={sort?.key === key ? (sort.down ? 'descending' : 'ascending') : undefined}>
      <button type="button" class="plain" onClick={() => props.onSort(next(key))}>
        {text}
      </button>
    </th>
  );
  return (
    <>
      <table class="table legend-table" onMouseLeave={() => props.onFocus(null)}>
        <thead>
          <tr>
            {head('name', 'Series', 'grow')}
            {COLUMNS.map((column) => head(column.key, column.text, column.class))}
            {pins && (
              <th class="fit p2">
                <span class="sr">Pin</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((line) => {
            const off = props.hidden.has(line.key);
            const pinned = props.pinned.includes(line.key);
            return (
              <tr key={line.key} class={`${colourClass(line)}${off ? ' off' : ''}`} onMouseEnter={() => props.onFocus(off ? null : line.key)}>
                <td class="grow">
                  <span class="key-cell">
                    <span class="key" />
                    <button
                      type="button"
                      class="plain cut"
                      aria-pressed={!off}
                      title={`${off ? 'Show' : 'Hide'} ${line.row.name}`}
                      onClick={() => props.onHide(line.key)}
                    >
                      {line.label}
                    </button>
                  </span>
                </td>
                {COLUMNS.map(({ key, class: more }) => (
                  <td key={key} class={key === 'last' ? `${more} strong` : more}>
                    <Value of={line.stats[key]} unit={line.unit} />
                  </td>
                ))}
                {pins && (
                  <td class="fit p2">
                    <button
                      type="button"
                      class="btn quiet icon"
                      aria-pressed={pinned}
                      aria-label={`Pin ${line.row.name}`}
                      title="Pin: this line in colour"
                      onClick={() => props.onPin(line.key)}
                    >
                      <Icon name="pin" small />
                    </button>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > MOST && (
        <p class="panel-foot">
          {rows.length - MOST} more lines are drawn; sorting decides which {MOST} are listed.
        </p>
      )}
    </>
  );
}
