import { emailEnd, hostnameEnd, ipEnd, urlEnd } from './values/addresses.ts';
import { booleanEnd, quotedEnd } from './values/assigned.ts';
import { dateEnd } from './values/dates.ts';
import { commitEnd, durationEnd, floatEnd, hashEnd, hexEnd, intEnd, macEnd, swiftEnd, traceparentEnd, uuidEnd } from './values/numbers.ts';
import { ValueText } from './values/text.ts';

/** Longer texts are dumps, whose grouping is not helped by reading them. */
const MAX_INPUT = 8192;

/** Kinds of values in the order in which they are tried at each place; names are Sentry's. */
const KINDS: readonly (readonly [name: string, end: (t: ValueText, at: number) => number])[] = [
  ['email', emailEnd],
  ['url', urlEnd],
  ['hostname', hostnameEnd],
  ['ip', ipEnd],
  ['traceparent', traceparentEnd],
  ['uuid', uuidEnd],
  ['mac', macEnd],
  ['sha1', hashEnd(40)],
  ['md5', hashEnd(32)],
  ['date', dateEnd],
  ['duration', durationEnd],
  ['swift_txn_id', swiftEnd],
  ['hex', hexEnd],
  ['git_sha', commitEnd],
  ['float', floatEnd],
  ['int', intEnd],
  ['quoted_str', quotedEnd],
  ['bool', booleanEnd],
];

/**
 * Replaces what differs from event to event by its kind: `order 1001 from 10.1.2.3` is `order <int> from <ip>`. The leftmost value is
 * replaced first, and at one place the first kind that fits. Time is linear in the text; texts above 8 KiB stay as they are.
 */
export function parameterise(text: string): string {
  if (text.length > MAX_INPUT || Buffer.byteLength(text) > MAX_INPUT) return text;
  const t = new ValueText(text);
  let result = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const found = valueAt(t, at);
    if (found) {
      result += `${text.slice(copied, at)}<${found.name}>`;
      copied = found.end;
      at = found.end;
    } else at++;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

function valueAt(t: ValueText, at: number): { name: string; end: number } | undefined {
  const code = t.code(at);
  // Spaces and most marks begin nothing.
  if (code === 32 || code === 44 || code === 40 || code === 41) return undefined;
  for (const [name, endOf] of KINDS) {
    const end = endOf(t, at);
    if (end > at) return { name, end };
  }
  return undefined;
}
