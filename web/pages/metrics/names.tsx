import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { askTree } from '../../state/api.ts';
import { now } from '../../state/now.ts';
import { useEnter, useSearch } from '../../state/search.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Tree } from '../../widgets/tree.tsx';
import type { TreeRow } from '../../widgets/tree-row.tsx';
import { thousands } from '../../words/number.ts';
import { branchesAbove, foundRows, levelRows, type Levels } from './names-tree.ts';
import { question, setWords, toggleTarget } from './question.ts';

/** What was read of the tree, kept while the reader visits other pages. */
const levels = signal<Levels>(new Map());
const open = signal<ReadonlySet<string>>(new Set());
const FOUND = 500;
/** While names come, what is open is read again so often, and so many levels of it. */
const FRESH_EVERY = 3000;
const MOST_FRESH = 50;

function read(path: string): void {
  if (!levels.peek().has(path)) levels.value = new Map(levels.peek()).set(path, 'asked');
  askTree(path).then(
    (answer) => (levels.value = new Map(levels.peek()).set(path, answer)),
    () => (levels.value = new Map(levels.peek()).set(path, 'failed')),
  );
}

function toggle(row: TreeRow): void {
  const next = new Set(open.peek());
  if (next.has(row.id)) next.delete(row.id);
  else {
    next.add(row.id);
    if (typeof levels.peek().get(row.id) !== 'object') read(row.id);
  }
  open.value = next;
}

/** Opens the branches in which `targets` stand, as a link leads to them. */
function reveal(targets: readonly string[]): void {
  const next = new Set(open.peek());
  for (const path of targets.flatMap(branchesAbove).slice(0, MOST_FRESH)) {
    next.add(path);
    if (typeof levels.peek().get(path) !== 'object') read(path);
  }
  open.value = next;
}

/** Reads what is open again when there are other names than before. */
function useFreshLevels(): void {
  const series = now.value?.store.series;
  useEffect(() => {
    if (!levels.peek().has('')) read('');
    else pending ??= setTimeout(readOpen, FRESH_EVERY);
  }, [series]);
}

let pending: ReturnType<typeof setTimeout> | undefined;

function readOpen(): void {
  pending = undefined;
  ['', ...open.peek()].slice(0, MOST_FRESH).forEach(read);
}

/** Every name: a tree to walk, or what a search finds. */
export function Names({ colours, rowHeight, label }: { colours: ReadonlyMap<string, string>; rowHeight: number; label: string }): JSX.Element {
  const { words, targets } = question.value;
  const { found, current } = useSearch(words, FOUND);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const pane = useRef<HTMLDivElement>(null);
  useFreshLevels();
  useEffect(() => reveal(targets), []);

  const rows = useMemo(() => (found ? foundRows(found, closed) : levelRows(levels.value, open.value)), [found, closed, levels.value, open.value]);
  const onToggle = (row: TreeRow): void => {
    if (!found) toggle(row);
    else setClosed((before) => (before.has(row.id) ? new Set([...before].filter((id) => id !== row.id)) : new Set([...before, row.id])));
  };
  const enter = useEnter(current, () => {
    const first = rows.find((row) => row.leaf);
    if (found && first) toggleTarget(first.id);
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      pane.current?.querySelector<HTMLElement>('[role="tree"]')?.focus();
    } else if (event.key === 'Enter') {
      enter();
    } else if (event.key === 'Escape' && words !== '') {
      event.stopPropagation();
      event.preventDefault();
      setWords('');
    }
  };

  const series = now.value?.store.series;
  return (
    <div class="names-in" data-scroll ref={pane}>
      <div class="names-head" data-head>
        <div class="search">
          <Icon name="search" small />
          <input
            type="search"
            data-search
            aria-label="Find a name"
            placeholder={series === undefined ? 'Find a name' : `Find in ${thousands(series)} names`}
            autocomplete="off"
            spellcheck={false}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <kbd class="not-phone">/</kbd>
        </div>
        <p class="sr" role="status">
          {found ? `${found.series.length}${found.more ? ' or more' : ''} names found` : ''}
        </p>
      </div>
      {found?.series.length === 0 && <p class="names-note">No name holds “{words.trim()}”. Words match anywhere in a name, in any order.</p>}
      {!found && levels.value.get('') !== undefined && rows.length === 0 && levels.value.get('') !== 'asked' && (
        <p class="names-note">No series yet. The first number that arrives appears here.</p>
      )}
      <Tree rows={rows} name={label} rowHeight={rowHeight} taken={colours} onToggle={onToggle} onTake={(row) => toggleTarget(row.id)} />
    </div>
  );
}
