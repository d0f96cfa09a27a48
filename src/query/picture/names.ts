/** What names have in common. */
export interface CommonEnds {
  /** The names with `*` where they differ, e.g. `stats.shop.*.requests`; empty when they share nothing. */
  shared: string;
  /** What is left of a name. */
  own: (name: string) => string;
}

/** What all names begin and end with, by whole nodes. Names with calls are left alone: brackets would be torn apart. */
export function commonEnds(names: readonly string[]): CommonEnds {
  const nodes = names.map((name) => name.split('.'));
  const shortest = Math.min(...nodes.map(({ length }) => length));
  const nothing = { shared: '', own: (name: string) => name };
  if (names.length < 2 || names.some((name) => name.includes('('))) return nothing;
  const all = (at: (own: string[]) => string): boolean => nodes.every((own) => at(own) === at(nodes[0]));
  let [begin, end] = [0, 0];
  while (begin < shortest - 1 && all((own) => own[begin])) begin++;
  while (begin + end < shortest - 1 && all((own) => own[own.length - 1 - end])) end++;
  if (begin + end === 0) return nothing;
  const [first] = nodes;
  const shared = [...first.slice(0, begin), '*', ...first.slice(first.length - end)].join('.');
  return {
    shared,
    own: (name) =>
      name
        .split('.')
        .slice(begin, end === 0 ? undefined : -end)
        .join('.'),
  };
}
