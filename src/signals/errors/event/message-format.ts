/** `%s`, `%-5.2f`, `%(name)s`; bounded, so that no text makes it search long. */
const PERCENT = /%(?:\(([^()]{1,64})\))?[-+ #0]{0,5}\d{0,4}(?:\.(\d{0,2}))?([sdifFeEgGxXorcjOu%])/g;
/** `{}`, `{0}`, `{name}`, `{name!r:>10}`, and doubled braces. */
const BRACES = /\{\{|\}\}|\{([\w.]{0,64})(?:![rsa])?(?::[^{}]{0,32})?\}/g;

type Params = unknown[] | Record<string, unknown>;

/**
 * Puts values into a template of Python's or JavaScript's kind; what has no value stays as it is. The text ends soon after
 * `most` characters.
 */
export function formatMessage(template: string, params: Params, most: number): string {
  const [only] = Array.isArray(params) ? params : [];
  // Python's logging takes a lone mapping for names.
  const named = Array.isArray(params) ? (params.length === 1 && isMapping(only) ? only : undefined) : params;
  const listed = Array.isArray(params) ? params : [];
  const percent = fill(template, PERCENT, most, percentValues(listed, named));
  return percent.filled > 0 ? percent.text : fill(template, BRACES, most, braceValues(listed, named)).text;
}

/** The text for a place, or undefined to leave it. */
type ValueOf = (found: RegExpExecArray) => { text: string; isValue: boolean } | undefined;

function fill(template: string, pattern: RegExp, most: number, valueOf: ValueOf): { text: string; filled: number } {
  let text = '';
  let at = 0;
  let filled = 0;
  for (const found of template.matchAll(pattern)) {
    const value = valueOf(found);
    if (value === undefined) continue;
    text += template.slice(at, found.index) + value.text;
    at = found.index + found[0].length;
    if (value.isValue) filled++;
    if (text.length > most) return { text, filled };
  }
  return { text: text + template.slice(at), filled };
}

function percentValues(listed: unknown[], named: Record<string, unknown> | undefined): ValueOf {
  let next = 0;
  return ([, name, precision, kind]) => {
    if (kind === '%') return { text: '%', isValue: false };
    if (name !== undefined) return named !== undefined && Object.hasOwn(named, name) ? value(named[name], kind, precision) : undefined;
    return next < listed.length ? value(listed[next++], kind, precision) : undefined;
  };
}

function braceValues(listed: unknown[], named: Record<string, unknown> | undefined): ValueOf {
  let next = 0;
  return ([whole, name]) => {
    if (whole === '{{' || whole === '}}') return { text: whole[0], isValue: false };
    if (name === '') return next < listed.length ? value(listed[next++]) : undefined;
    if (/^\d{1,4}$/.test(name)) return Number(name) < listed.length ? value(listed[Number(name)]) : undefined;
    return named !== undefined && Object.hasOwn(named, name) ? value(named[name]) : undefined;
  };
}

function value(param: unknown, kind = 's', precision?: string): { text: string; isValue: true } {
  return { text: typeof param === 'number' ? numberText(param, kind, precision) : plainText(param, kind), isValue: true };
}

function numberText(param: number, kind: string, precision?: string): string {
  switch (kind) {
    case 'd':
    case 'i':
    case 'u':
      return String(Math.trunc(param));
    case 'f':
    case 'F':
      return param.toFixed(precision === undefined ? 6 : Number(precision));
    case 'e':
    case 'E':
      return param.toExponential(precision === undefined ? 6 : Number(precision));
    case 'x':
      return Math.trunc(param).toString(16);
    case 'X':
      return Math.trunc(param).toString(16).toUpperCase();
    default:
      return String(param);
  }
}

function plainText(param: unknown, kind: string): string {
  if (typeof param === 'string') return kind === 'r' ? `'${param}'` : param;
  return typeof param === 'object' ? JSON.stringify(param) : String(param);
}

const isMapping = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
