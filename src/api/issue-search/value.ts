import { LEVELS } from '../../core/error-event.ts';
import { suggestion } from '../../dashboards/nearest.ts';
import { searchError } from './cursor.ts';
import { type KeyKind, STATES, STATE_WORDS } from './keys.ts';

const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 };
const YES = new Set(['true', '1', 'yes']);
const NO = new Set(['false', '0', 'no']);

/** `-24h` is since then, `+24h` before then. */
const RELATIVE = /^[+-]?\d{1,6}[smhdw]$/;
/** A day, or a moment of ISO 8601; without a zone it is UTC. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The value as it is searched for.
 * @throws HeedError `bad_search` for one that the key does not take
 */
export function valueOf(key: string, kind: KeyKind, plain: string, at: number): string {
  const where = `${key}:${plain.slice(0, 60)} (at ${at + 1})`;
  if (kind === 'text') return plain;
  if (kind === 'number') {
    const found = /^(\d{1,12})([kmb]?)$/i.exec(plain);
    if (!found) throw searchError(`no such number: ${where}; write ${key}:>100`);
    return String(Number(found[1]) * FACTORS[found[2].toLowerCase()]);
  }
  if (kind === 'time') {
    if (RELATIVE.test(plain) || (MOMENT.test(plain) && Number.isFinite(Date.parse(plain)))) return plain;
    throw searchError(`no such time: ${where}; write -24h for within the last day, +24h for longer ago, or >2026-11-22T14:00`);
  }
  const word = plain.toLowerCase();
  if (kind === 'flag') {
    if (YES.has(word)) return 'true';
    if (NO.has(word)) return 'false';
    throw searchError(`no such answer: ${where}; write true or false`);
  }
  if (kind === 'state') {
    if (Object.hasOwn(STATES, word)) return STATES[word];
    throw searchError(`no such state: ${where}${suggestion(word, Object.keys(STATE_WORDS)).replace("'", `'${key}:`)}`);
  }
  const level = word === 'warn' ? 'warning' : word;
  if ((LEVELS as readonly string[]).includes(level)) return level;
  throw searchError(`no such level: ${where}${suggestion(word, LEVELS)}`);
}
