import { HeedError } from '../../../core/errors.ts';

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const DAY = UNITS.d;

/** Times that a condition allows; both ends are in. */
export interface Span {
  from: number;
  until: number;
}

/**
 * The times that a value of `firstSeen`, `lastSeen` or `age` means: `-24h` is less than a day ago, `+24h` more than a day ago,
 * `2026-08-01` that day, `2026-08-01T10:00:00` that second; `>`, `<` and so on compare with that time.
 * @throws HeedError `bad_search`
 */
export function spanOf(key: string, operator: string, value: string, now: number): Span {
  const relative = /^([+-]?)(\d{1,6})([smhdw])$/.exec(value);
  if (relative) {
    const time = now - Number(relative[2]) * UNITS[relative[3]];
    if (operator === '=') return relative[1] === '+' ? { from: -Infinity, until: time } : { from: time, until: Infinity };
    // An age is the greater the earlier it began.
    const flipped = key === 'age' && relative[1] === '';
    return compared(flipped ? operator.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<')) : operator, time, time);
  }
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?$/.test(value);
  const time = isDay || isTime ? Date.parse(isDay || /(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`) : NaN;
  if (Number.isNaN(time)) throw new HeedError('bad_search', `cannot search for ${key}:${value}: write a time as -24h, 2026-08-01 or 2026-08-01T10:00:00`);
  return compared(operator, time, time + (isDay ? DAY : 1000) - 1);
}

function compared(operator: string, first: number, last: number): Span {
  if (operator === '>') return { from: last + 1, until: Infinity };
  if (operator === '>=') return { from: first, until: Infinity };
  if (operator === '<') return { from: -Infinity, until: first - 1 };
  if (operator === '<=') return { from: -Infinity, until: last };
  return { from: first, until: last };
}
