import type { JSX } from 'preact';
import { thousands } from '../words/number.ts';
import { Icon } from './icon.tsx';

/** One visible row of a tree. */
export interface TreeRow {
  id: string;
  text: string;
  depth: number;
  /** Can be taken. */
  leaf: boolean;
  /** Can be opened. */
  branch: boolean;
  open: boolean;
  /** Leaves below; shown at the end of a branch. */
  count: number;
  /** Neither: a word about what is missing. */
  note?: boolean;
}

/** A row: its chevron opens, its name takes. */
export function Row(props: {
  row: TreeRow;
  index: number;
  active: boolean;
  height: number;
  taken: ReadonlyMap<string, string>;
  onToggle(row: TreeRow): void;
  onTake(row: TreeRow): void;
  onPress(id: string): void;
}): JSX.Element {
  const { row, height } = props;
  const colour = props.taken.get(row.id);
  const press = (event: MouseEvent): void => {
    event.preventDefault();
    props.onPress(row.id);
    if (row.note) return;
    const chevron = (event.target as Element).closest('.twist') !== null;
    if (row.leaf && !chevron) props.onTake(row);
    else if (row.branch) props.onToggle(row);
  };
  return (
    <li role="none">
      <a
        id={`tree-${props.index}`}
        role="treeitem"
        class={`${row.branch ? '' : 'leaf'}${props.active ? ' active' : ''}${row.note ? ' note' : ''}`}
        aria-level={row.depth + 1}
        aria-expanded={row.branch ? row.open : undefined}
        aria-selected={colour !== undefined}
        title={row.text}
        style={{ '--d': row.depth, height: `${height}px` }}
        onClick={press}
      >
        {row.branch && (
          <span class="twist">
            <Icon name={row.open ? 'down' : 'right'} />
          </span>
        )}
        <span>{row.text}</span>
        {colour !== undefined ? <span class={`key ${colour}`} /> : row.branch && <span class="n">{thousands(row.count)}</span>}
      </a>
    </li>
  );
}
