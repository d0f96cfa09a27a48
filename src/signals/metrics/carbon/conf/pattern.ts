import { causeOf, HeedError } from '../../../../core/errors.ts';

/** A regular expression's text and flags, as RegExp takes them. */
export interface Pattern {
  source: string;
  flags: string;
}

const cannot = (text: string, why: string): HeedError => new HeedError('bad_pattern', `cannot read pattern '${text}': ${why}`);

// What Python's re writes otherwise than JavaScript, from https://docs.python.org/3/library/re.html; tried in this order.
const TOKENS: [token: RegExp, translate: (found: RegExpExecArray, pattern: Pattern, text: string) => string][] = [
  [/\\Z/y, () => '(?![^])'],
  [/\\A/y, () => '(?<![^])'],
  [/\\a/y, () => '\\x07'],
  [/\\[^]/y, ([escape]) => escape],
  // A ] that comes first is a member of the class.
  [/\[\^?\]?(?:\\[^]|[^\\\]])*\]/y, ([set]) => set.replace(/^(\[\^?)\](?=[^])/, '$1\\]')],
  [/\(\?P<(\w+)>/y, ([, name]) => `(?<${name}>`],
  [/\(\?P=(\w+)\)/y, ([, name]) => `\\k<${name}>`],
  [/\(\?#[^)]*\)/y, () => ''],
  [/\(\?([aiLmsux]+)\)/y, addFlags],
  [/\(\?([aiLmsux]*(?:-[imsx]+)?):/y, scopeFlags],
  [/\(\?[>(]/y, ([group], _, text) => fail(text, `'${group}' is not supported`)],
  [/\{,(\d+)\}/y, ([, most]) => `{0,${most}}`],
  [/[^]/y, ([character]) => character],
];

/**
 * Translates a regular expression as Python writes it.
 * @throws HeedError `bad_pattern` when JavaScript cannot say the same
 */
export function translatePattern(text: string): Pattern {
  const pattern: Pattern = { source: '', flags: '' };
  for (let at = 0; at < text.length;) {
    for (const [token, translate] of TOKENS) {
      token.lastIndex = at;
      const found = token.exec(text);
      if (!found) continue;
      pattern.source += translate(found, pattern, text);
      at = token.lastIndex;
      break;
    }
  }
  return pattern;
}

/** The expression itself. @throws HeedError `bad_pattern` */
export function readPattern(text: string, flags = ''): RegExp {
  return compile(text, translatePattern(text), flags);
}

/** Makes a RegExp of a translated pattern; `text` is what the user wrote. @throws HeedError `bad_pattern` */
export function compile(text: string, { source, flags }: Pattern, more = ''): RegExp {
  try {
    return new RegExp(source === '' ? '(?:)' : source, [...new Set(flags + more)].join(''));
  } catch (error) {
    throw new HeedError('bad_pattern', `cannot read pattern '${text}': ${causeOf(error).replace(/^.*: /, '')}`, { cause: error });
  }
}

function fail(text: string, why: string): never {
  throw cannot(text, why);
}

/** Flags a, u and L choose between kinds of text that names do not mix; x would need a rewritten pattern. */
function keepFlags(flags: string, text: string): string {
  if (flags.includes('x')) throw cannot(text, 'the flag x is not supported');
  return flags.replace(/[auL]/g, '');
}

function addFlags([, flags]: RegExpExecArray, pattern: Pattern, text: string): string {
  pattern.flags += keepFlags(flags, text);
  return '';
}

function scopeFlags([, flags]: RegExpExecArray, _: Pattern, text: string): string {
  const kept = keepFlags(flags, text);
  return `(?${kept}:`;
}
