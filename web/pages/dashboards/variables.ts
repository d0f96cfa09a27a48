import type { Variable } from '../../../src/core/dashboard.ts';

/** What stands for all values of a variable. */
export const ALL = '*';

/** Values that were chosen, by variable's name. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** Values of a variable as the server found them. */
export type Offers = ReadonlyMap<string, readonly string[]>;

const parameter = (name: string): string => `var-${name}`;

/** What the address chooses, else the default, else the first value; nothing where there is none. */
export function chosenOf(variables: readonly Variable[], params: URLSearchParams, offers: Offers): Chosen {
  return Object.fromEntries(
    variables.map((variable) => {
      const named = params.getAll(parameter(variable.name)).filter((value) => value !== '');
      if (named.length > 0) return [variable.name, variable.multiple ? named : named.slice(0, 1)];
      const fallback = variable.default || (offers.get(variable.name) ?? variable.values)[0];
      return [variable.name, fallback === undefined ? [] : [fallback]];
    }),
  );
}

/** Puts a choice into the address's parameters. */
export function choose(params: URLSearchParams, name: string, values: readonly string[]): void {
  params.delete(parameter(name));
  for (const value of values) params.append(parameter(name), value);
}

/** Characters that would end the path or the text that a value stands in. */
const UNSAFE = /["'(),{}\s]/;

function written(values: readonly string[]): string {
  const safe = values.filter((value) => !UNSAFE.test(value));
  if (safe.length === 0 || safe.includes(ALL)) return ALL;
  return safe.length === 1 ? safe[0] : `{${safe.join(',')}}`;
}

/** `$name` and `${name}` become what was chosen, several values a glob; in words they are listed. Unknown names stay. */
export function substitute(text: string, chosen: Chosen, inWords = false): string {
  if (!text.includes('$')) return text;
  return text.replaceAll(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (all, braced?: string, plain?: string) => {
    const asked = braced ?? plain ?? '';
    // `$host1` is `$host` before a 1 where only that is known.
    const name =
      braced ??
      Object.keys(chosen)
        .filter((one) => asked.startsWith(one))
        .toSorted((a, b) => b.length - a.length)[0];
    if (name === undefined || !Object.hasOwn(chosen, name)) return all;
    const rest = asked.slice(name.length);
    return (inWords ? chosen[name].map((value) => (value === ALL ? 'all' : value)).join(', ') : written(chosen[name])) + rest;
  });
}
