import type { ErrorEvent, EventException } from '../../../core/error-event.ts';

/** The exceptions to group by, in order, and which of them names the issue. */
export interface ChosenExceptions {
  exceptions: readonly EventException[];
  main?: EventException;
}

/**
 * Chooses among exceptions that form a tree (RFC 0079: an error that holds several others). Whatever holds others only as a group says
 * little; below it each kind counts once. Is there one kind, the event is grouped as if that had been thrown, with its first causes;
 * are there several, by one of each and the outermost. A tree with holes or rings is left as the list that it came as. `kindOf` tells
 * whether two are alike.
 */
export function mainOfGroup(all: readonly EventException[], event: ErrorEvent, kindOf: (exception: EventException) => string): ChosenExceptions {
  if (all.length < 2) return { exceptions: all };
  // Version 3 of the Python client began to send such trees where 2 had sent lists; an upgrade must not split issues.
  if (event.platform === 'python' && event.sdk?.version.startsWith('3')) return { exceptions: all };
  const tree = treeOf(all);
  const root = tree?.byId.get(0);
  if (!tree || !root) return { exceptions: all };
  const top = topLevel(root, tree.childrenOf).toSorted((a, b) => compare(b.type ?? 'None', a.type ?? 'None'));
  if (top.length === 0) return { exceptions: all };
  const distinct = top.filter((exception, index) => index === 0 || kindOf(exception) !== kindOf(top[index - 1]));
  if (distinct.length > 1) return { exceptions: [...distinct, root] };
  return { exceptions: firstPath(distinct[0], tree.childrenOf), main: distinct[0] };
}

interface Tree {
  byId: Map<number, EventException>;
  childrenOf: (exception: EventException) => readonly EventException[];
}

function treeOf(all: readonly EventException[]): Tree | undefined {
  const byId = new Map<number, EventException>();
  const children = new Map<number, EventException[]>();
  for (const exception of all.toReversed()) {
    const id = exception.mechanism?.exception_id;
    const parent = exception.mechanism?.parent_id;
    if (id === undefined || id === parent || byId.has(id)) return undefined;
    byId.set(id, exception);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(exception);
    else children.set(parent, [exception]);
  }
  return { byId, childrenOf: (exception) => children.get(exception.mechanism?.exception_id ?? -1) ?? [] };
}

/** The nearest below an exception that are no groups themselves. */
function topLevel(root: EventException, childrenOf: Tree['childrenOf']): EventException[] {
  const found: EventException[] = [];
  const seen = new Set<EventException>();
  const waiting = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.mechanism?.is_exception_group) waiting.push(...childrenOf(next).toReversed());
    else found.push(next);
  }
  return found;
}

function firstPath(from: EventException, childrenOf: Tree['childrenOf']): EventException[] {
  const path = new Set<EventException>();
  for (let next: EventException | undefined = from; next && !path.has(next); [next] = childrenOf(next)) path.add(next);
  return [...path];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const REACT_WRAPPERS = [
  'There was an error during concurrent rendering but React was able to recover by instead synchronously rendering the entire root.',
  'There was an error while hydrating but React was able to recover by instead client rendering from the nearest Suspense boundary.',
];
const RXJAVA_WRAPPERS = new Set(['OnErrorNotImplementedException', 'CompositeException', 'UndeliverableException']);

/** What a framework's wrapper was made for, where the wrapper itself says nothing: it names the issue. */
export function replacedMain(exceptions: readonly EventException[]): EventException | undefined {
  const [first] = exceptions;
  const last = exceptions.at(-1);
  if (first?.type === 'Error' && REACT_WRAPPERS.includes(first.value ?? '') && last?.mechanism?.source === 'cause') return last;
  const wrapper = exceptions.find(
    ({ module, type, mechanism }) =>
      module === 'io.reactivex.rxjava3.exceptions' && RXJAVA_WRAPPERS.has(type ?? '') && mechanism?.type === 'UncaughtExceptionHandler',
  );
  const id = wrapper?.mechanism?.exception_id;
  return id === undefined ? undefined : exceptions.find(({ mechanism }) => mechanism?.parent_id === id && mechanism.exception_id !== undefined);
}
