import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Row, type TreeRow } from './tree-row.tsx';

/** Rows drawn above and below what is seen. */
const SPARE = 12;

/**
 * A tree of any size: only the rows in sight are in the page. Arrow keys walk and open, Enter takes a leaf or opens a
 * branch, Space takes.
 */
export function Tree(props: {
  rows: readonly TreeRow[];
  name: string;
  /** Height of a row in pixels. */
  rowHeight: number;
  /** Ids that are taken, with the class of their colour. */
  taken: ReadonlyMap<string, string>;
  onToggle(row: TreeRow): void;
  onTake(row: TreeRow): void;
}): JSX.Element {
  const { rows, rowHeight } = props;
  const list = useRef<HTMLUListElement>(null);
  const [seen, setSeen] = useState<[first: number, end: number]>([0, 60]);
  const [active, setActive] = useState<string | null>(null);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === active),
  );

  useEffect(() => {
    const element = list.current as HTMLUListElement;
    const scroller = element.closest<HTMLElement>('[data-scroll]') as HTMLElement;
    const look = (): void => {
      const top = scroller.getBoundingClientRect().top - element.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
      const end = Math.ceil((top + scroller.clientHeight) / rowHeight) + SPARE;
      setSeen((before) => (before[0] === first && before[1] === end ? before : [first, end]));
    };
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', look);
      watch.disconnect();
    };
  }, [rowHeight, rows.length]);

  const moveTo = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setActive(row.id);
    const scroller = list.current?.closest<HTMLElement>('[data-scroll]');
    if (!scroller || !list.current) return;
    const top = list.current.offsetTop + rows.indexOf(row) * rowHeight;
    const head = scroller.querySelector<HTMLElement>('[data-head]')?.offsetHeight ?? 0;
    if (top - head < scroller.scrollTop) scroller.scrollTop = top - head;
    else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + rowHeight - scroller.clientHeight;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at];
    if (!row || event.metaKey || event.ctrlKey || event.altKey) return;
    const page = Math.max(1, seen[1] - seen[0] - 2 * SPARE);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + page, PageUp: at - page };
    if (event.key in moves) moveTo(moves[event.key]);
    else if (event.key === 'ArrowRight' && row.branch) {
      if (row.open) moveTo(at + 1);
      else props.onToggle(row);
    } else if (event.key === 'ArrowLeft') {
      if (row.branch && row.open) props.onToggle(row);
      else moveTo(rows.findLastIndex((other, index) => index < at && other.depth < row.depth));
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (row.leaf) props.onTake(row);
      else if (row.branch) props.onToggle(row);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const [first, end] = [Math.min(seen[0], rows.length), Math.min(seen[1], rows.length)];
  const activeId = rows[at] === undefined ? undefined : `tree-${at}`;
  return (
    <ul
      ref={list}
      class="tree"
      role="tree"
      aria-multiselectable="true"
      aria-label={props.name}
      tabIndex={0}
      aria-activedescendant={at >= first && at < end ? activeId : undefined}
      style={{ height: `${rows.length * rowHeight}px`, paddingTop: `${first * rowHeight}px` }}
      onKeyDown={onKeyDown}
    >
      {rows.slice(first, end).map((row, offset) => (
        <Row
          key={row.id}
          row={row}
          index={first + offset}
          active={row.id === rows[at]?.id && active !== null}
          height={rowHeight}
          {...props}
          onPress={setActive}
        />
      ))}
    </ul>
  );
}
