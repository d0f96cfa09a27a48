import { HeedError } from '../core/errors.ts';

/** `$name`, `${name}`, `${name:form}`: the whole word counts, `$hostname` is never `$host`. */
const VARIABLE = /\$(?:([A-Za-z]\w*)|\{([A-Za-z]\w*)(?::(\w+))?\})/g;

/** What would end a path, a text in quotes or an alternative early. */
// eslint-disable-next-line no-control-regex
const UNSAFE = /["'(){},\\\u0000-\u001F\u007F]/;

/** Most values chosen of one variable. */
export const MOST_CHOSEN = 1000;

/** Whether a value may stand for a variable. */
export function isSafeValue(value: string): boolean {
  return value !== '' && !UNSAFE.test(value);
}

/** Names of the variables that a text uses, each once. */
export function usedVariables(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(VARIABLE), ([, plain, braced]) => plain ?? braced))];
}

/**
 * Puts chosen values in the place of variables: one as it is, several as `{a,b}`, all as `*`. `${name:regex}` becomes a regular
 * expression, `(a|b)` and `.*`, for tags: `seriesByTag('host=~^${host:regex}$')`; other forms are read as the plain one. A name that
 * nothing was chosen for stays as it is.
 * @throws HeedError `bad_variable` for a value with quotes, brackets, commas, braces or backslashes
 */
export function substitute(text: string, chosen: ReadonlyMap<string, readonly string[]>): string {
  return text.replace(VARIABLE, (whole: string, plain: string | undefined, braced: string | undefined, form: string | undefined) => {
    const name = (plain ?? braced) as string;
    const values = chosen.get(name);
    if (values === undefined || values.length === 0) return whole;
    if (values.length > MOST_CHOSEN) throw bad(name, `more than ${MOST_CHOSEN} values are chosen; choose * for all`);
    const wrong = values.find((value) => !isSafeValue(value));
    if (wrong !== undefined)
      throw bad(name, wrong === '' ? 'its value is empty' : `its value '${wrong.slice(0, 80)}' has quotes, brackets, commas, braces or backslashes`);
    return form === 'regex' ? asRegex(values) : asGlob(values);
  });
}

function asGlob(values: readonly string[]): string {
  if (values.includes('*')) return '*';
  return values.length === 1 ? values[0] : `{${values.join(',')}}`;
}

function asRegex(values: readonly string[]): string {
  if (values.includes('*')) return '.*';
  const escaped = values.map((value) => value.replace(/[.*+?^$|[\]/-]/g, '\\$&'));
  return escaped.length === 1 ? escaped[0] : `(${escaped.join('|')})`;
}

function bad(name: string, why: string): HeedError {
  return new HeedError('bad_variable', `cannot use variable '${name}': ${why}`);
}
