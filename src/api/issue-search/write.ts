import type { IssueTerm } from '../../store/errors/errors-store.ts';
import { keyNamed } from './keys.ts';

/** Letters and signs that mean nothing to the parser. */
const SAFE = /^[\p{L}\p{N}_.@/+#$%&=?;~-]+$/u;
const SAFE_KEY = /^[a-z][\w.-]{0,199}$/i;

/** The search as it would be written: what `parseSearch` reads as these terms again. */
export function writeSearch(terms: readonly IssueTerm[]): string {
  return terms.map(writeTerm).join(' ');
}

function writeTerm({ key, operator, value, not, any = [] }: IssueTerm): string {
  const sign = not ? '!' : '';
  const word = (text: string): string => writeWord(text, operator === 'glob');
  if (key === 'text' && any.length === 0) return sign + word(value);
  const name = SAFE_KEY.test(key) ? key : writeWord(key, false, true);
  if (any.length > 0) return `${sign}${name}:[${[value, ...any].map(word).join(',')}]`;
  const compared = operator === '=' || operator === 'glob' ? '' : operator;
  // Times are written with `:` between hours and minutes, and nothing of a time needs quotes.
  const plain = keyNamed(key)?.kind === 'time';
  return `${sign}${name}:${compared}${plain ? value : word(value)}`;
}

/** A value, between quotes where it needs them; the stars of a pattern stay as they are. */
export function writeWord(text: string, pattern = false, quoted = false): string {
  const reserved = text === 'OR' || text === 'AND';
  if (!quoted && !reserved && (pattern ? SAFE.test(text.replaceAll('*', 'x')) : SAFE.test(text))) return text;
  return `"${text.replace(pattern ? /["\\]/g : /["\\*]/g, String.raw`\$&`)}"`;
}
