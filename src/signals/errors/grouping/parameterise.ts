import { emailEnd, hostnameEnd, ipEnd, urlEnd } from './values/addresses.ts';
import { booleanEnd, quotedEnd } from './values/assigned.ts';
import { dateEnd } from './values/dates.ts';
import { commitEnd, durationEnd, floatEnd, hashEnd, hexEnd, intEnd, macEnd, swiftEnd, traceparentEnd, uuidEnd } from './values/numbers.ts';
import { ValueText } from './values/text.ts';

/** Longer texts are dumps, whose grouping is not helped by reading them. */
const MAX_INPUT = 8192;

type EndOf = (t: ValueText, at: number) => number;

const DIGITS = '0123456789';
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const HEX = `${DIGITS}abcdefABCDEF`;

/** Kinds of values in the order in which they are tried at each place, and what each may begin with; names are Sentry's. */
const KINDS: readonly (readonly [name: string, end: EndOf, first: string])[] = [
  ['email', emailEnd, `${DIGITS}${LETTERS}.!#$%&'*+/=?^_\`{|}~-`],
  ['url', urlEnd, 'hwf'],
  ['hostname', hostnameEnd, `${DIGITS}${LETTERS}-`],
  ['ip', ipEnd, `${HEX}:`],
  ['traceparent', traceparentEnd, '01'],
  ['uuid', uuidEnd, HEX],
  ['mac', macEnd, HEX],
  ['sha1', hashEnd(40), HEX],
  ['md5', hashEnd(32), HEX],
  ['date', dateEnd, `${DIGITS}SMTWFJADONd`],
  ['duration', durationEnd, DIGITS],
  ['swift_txn_id', swiftEnd, 't'],
  ['hex', hexEnd, `${HEX}-`],
  ['git_sha', commitEnd, HEX],
  ['float', floatEnd, `${DIGITS}-`],
  ['int', intEnd, `${DIGITS}-`],
  ['quoted_str', quotedEnd, `'"`],
  ['bool', booleanEnd, 'TtFf'],
];

/** The kinds that may begin with an ASCII character, by its code. */
const BY_FIRST = Array.from({ length: 128 }, (_, code) => KINDS.filter(([, , first]) => first.includes(String.fromCharCode(code))));

/**
 * Replaces what differs from event to event by its kind, or what `show` makes of it: `order 1001 from 10.1.2.3` is `order <int> from <ip>`. The leftmost value is
 * replaced first, and at one place the first kind that fits. Time is linear in the text; texts above 8 KiB stay as they are.
 */
export function parameterise(text: string, show = (kind: string): string => `<${kind}>`): string {
  if (text.length > MAX_INPUT || Buffer.byteLength(text) > MAX_INPUT) return text;
  const t = new ValueText(text);
  let result = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const found = valueAt(t, at);
    if (found) {
      result += `${text.slice(copied, at)}${show(found.name)}`;
      copied = found.end;
      at = found.end;
    } else at++;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

function valueAt(t: ValueText, at: number): { name: string; end: number } | undefined {
  const kinds = BY_FIRST[t.code(at)];
  if (kinds === undefined) return undefined;
  for (const [name, endOf] of kinds) {
    const end = endOf(t, at);
    if (end > at) return { name, end };
  }
  return undefined;
}
