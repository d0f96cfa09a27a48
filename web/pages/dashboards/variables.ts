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

/** Characters that would end the path or the text that a value stands in; the server has the same rule. */
// eslint-disable-next-line no-control-regex
const UNSAFE = /["'(){},\\\u0000-\u001F\u007F]/;
const VARIABLE = /\$(?:([A-Za-z]\w*)|\{([A-Za-z]\w*)(?::(\w+))?\})/g;

function asGlob(values: readonly string[]): string {
  if (values.includes(ALL)) return ALL;
  return values.length === 1 ? values[0] : `{${values.join(',')}}`;
}

function asRegex(values: readonly string[]): string {
  if (values.includes(ALL)) return '.*';
  const escaped = values.map((value) => value.replace(/[.*+?^$|[\]/-]/g, String.raw`\$&`));
  return escaped.length === 1 ? escaped[0] : `(${escaped.join('|')})`;
}

/**
 * `$name`, `${name}` and `${name:form}` become what was chosen: several values a glob, or with the form `regex` a regular expression; in
 * words they are listed. Unknown names stay, and so do those of which nothing safe was chosen.
 */
export function substitute(text: string, chosen: Chosen, inWords = false): string {
  return text.replace(VARIABLE, (whole: string, plain?: string, braced?: string, form?: string) => {
    const name = plain ?? braced ?? '';
    const values = Object.hasOwn(chosen, name) ? chosen[name] : [];
    if (inWords && values.length > 0) return values.map((value) => (value === ALL ? 'all' : value)).join(', ');
    const safe = values.filter((value) => !UNSAFE.test(value));
    if (safe.length === 0) return whole;
    return form === 'regex' ? asRegex(safe) : asGlob(safe);
  });
}
