import type { ErrorEvent } from '../../../core/error-event.ts';
import { parameterise } from './parameterise.ts';
import { quote, writeMatcher } from './rule-text.ts';

const MOST_LETTERS = 200;

/**
 * A fingerprint rule that puts all events that say the same as this one into one issue, whatever their stack traces: by type and value of what was thrown last,
 * else by the message, with a star for each value that differs from event to event. Empty where the event has neither.
 */
export function suggestRule({ exception, logentry }: ErrorEvent, fingerprint: string): string {
  const thrown = exception?.at(-1);
  const said = thrown ? { 'error.type': thrown.type, 'error.value': thrown.value } : { message: logentry?.formatted };
  const matchers = Object.entries(said).flatMap(([key, text]) => {
    const argument = globOf(text ?? '', key !== 'error.type');
    return argument === '' || argument === '*' ? [] : [writeMatcher({ key, argument, negated: false })];
  });
  return matchers.length === 0 ? '' : `${matchers.join(' ')} -> ${/^[\w.-]+$/.test(fingerprint) ? fingerprint : quote(fingerprint)}`;
}

/** What means something in a glob or ends a line becomes `?`, any one character: so nothing need be escaped, and people can read it. */
function globOf(text: string, withValues: boolean): string {
  // eslint-disable-next-line no-control-regex
  const plain = (withValues ? text.trim() : text).replace(/[*?[\]{}\\"\u0000-\u001F\p{Cs}]/gu, '?');
  const glob = withValues ? parameterise(plain, () => '*').replace(/\*{2,}/g, '*') : plain;
  return glob.length > MOST_LETTERS ? `${Array.from(glob).slice(0, MOST_LETTERS).join('').replace(/\*$/, '')}*` : glob;
}
