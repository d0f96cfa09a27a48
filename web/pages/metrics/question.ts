import { computed } from '@preact/signals';
import type { Sort, SortKey } from '../../charts/legend-table.tsx';
import { change, route } from '../../state/router.ts';

/** What the page shows besides the range; all of it is in the URL. */
export interface Question {
  targets: string[];
  /** Targets that are kept but not asked for, by position. */
  muted: ReadonlySet<number>;
  /** Rows whose line is not drawn, by name. */
  hidden: ReadonlySet<string>;
  pinned: string[];
  split: boolean;
  /** The value axis fits the values instead of starting at 0. */
  fit: boolean;
  sort: Sort;
  /** The moment of which is asked what else changed, milliseconds; 0 is one to be chosen, null for no such question. */
  changed: number | null;
  /** Words in the search field. */
  words: string;
}

const SORT_KEYS: readonly SortKey[] = ['name', 'last', 'min', 'mean', 'max'];

/** Reads the view; what makes no sense is left out. */
export function readQuestion(params: URLSearchParams): Question {
  const sort = params.get('sort') ?? '';
  const key = sort.replace(/^-/, '') as SortKey;
  const targets = params.getAll('target').filter((target) => target.trim() !== '');
  return {
    targets,
    muted: new Set(
      (params.get('mute') ?? '')
        .split(',')
        .filter((text) => /^\d+$/.test(text))
        .map(Number),
    ),
    hidden: new Set(params.getAll('hide')),
    pinned: params.getAll('pin'),
    split: params.get('view') === 'split',
    fit: params.get('axis') === 'fit',
    sort: SORT_KEYS.includes(key) ? { key, down: sort.startsWith('-') } : null,
    changed: /^\d{1,10}$/.test(params.get('changed') ?? '') ? Number(params.get('changed')) * 1000 : null,
    words: params.get('q') ?? '',
  };
}

export const question = computed(() => readQuestion(route.value.params));

function setList(params: URLSearchParams, key: string, values: Iterable<string>): void {
  params.delete(key);
  for (const value of values) params.append(key, value);
}

function setOrDelete(params: URLSearchParams, key: string, value: string): void {
  if (value === '') params.delete(key);
  else params.set(key, value);
}

/** Replaces the targets; `muted` are positions in the new list. `replace` where the step is not worth a Back. */
export function setTargets(targets: readonly string[], muted: Iterable<number> = [], replace = false): void {
  change((params) => {
    setList(params, 'target', targets);
    setOrDelete(params, 'mute', [...muted].join(','));
  }, replace);
}

/** Adds a target, or removes it where it is already. */
export function toggleTarget(target: string): void {
  const { targets, muted } = question.peek();
  const at = targets.indexOf(target);
  if (at < 0) setTargets([...targets, target], muted);
  else removeTarget(at);
}

export function removeTarget(position: number): void {
  const { targets, muted } = question.peek();
  const kept = [...muted].filter((one) => one !== position).map((one) => (one > position ? one - 1 : one));
  setTargets(targets.toSpliced(position, 1), kept);
}

export function toggleMuted(position: number): void {
  const { targets, muted } = question.peek();
  setTargets(targets, muted.has(position) ? [...muted].filter((one) => one !== position) : [...muted, position]);
}

export function toggleHidden(name: string): void {
  const { hidden } = question.peek();
  change((params) => setList(params, 'hide', hidden.has(name) ? [...hidden].filter((one) => one !== name) : [...hidden, name]), true);
}

export function togglePinned(name: string): void {
  const { pinned } = question.peek();
  change((params) => setList(params, 'pin', pinned.includes(name) ? pinned.filter((one) => one !== name) : [...pinned, name]), true);
}

export function setSort(sort: Sort): void {
  change((params) => setOrDelete(params, 'sort', sort === null ? '' : `${sort.down ? '-' : ''}${sort.key}`), true);
}

export function setSplit(split: boolean): void {
  change((params) => setOrDelete(params, 'view', split ? 'split' : ''));
}

export function setFit(fit: boolean): void {
  change((params) => setOrDelete(params, 'axis', fit ? 'fit' : ''));
}

/** Asks what changed at a moment, milliseconds, kept to the second. */
export function setChanged(at: number | null): void {
  change((params) => setOrDelete(params, 'changed', at === null ? '' : String(Math.round(at / 1000))));
}

export function setWords(words: string): void {
  change((params) => setOrDelete(params, 'q', words), true);
}
