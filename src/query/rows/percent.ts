import { formatFloat, formatG, roundHalfEven } from './text.ts';

/** C's `%.2f` with any number of digits: halves go to the even digit, and large numbers are written out. */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatFloat(value);
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  // Only an odd multiple of 2^-(digits+1) is exactly between two decimals; toFixed would take its larger neighbour.
  const half = value * 2 ** (digits + 1);
  const tie = Number.isInteger(half) && half % 2 !== 0;
  return (tie ? roundHalfEven(value, digits) : value).toFixed(digits);
}

/** Most digits that a template may ask for, and its greatest width. */
const MAX_DIGITS = 60;

const PLACEHOLDER = /%([-+ 0#]*)(\d*)(?:\.(\d*))?[hlL]?([diufFeEgGsr%])/g;

/**
 * A text with its placeholders for a number filled in as Python's `%` does: `%d`, `%5.1f`, `%e`, `%g`, `%s`, and `%%` for
 * a percent sign. Each one stands for the same number; what is no placeholder stays as it is.
 */
export function fillPercent(template: string, value: number): string {
  return template.replaceAll(PLACEHOLDER, (_, flags: string, width: string, precision: string | undefined, type: string) => {
    if (type === '%') return '%';
    const digits = precision === undefined ? undefined : Math.min(Number(precision), MAX_DIGITS);
    const body = number(value, type, digits);
    const numeric = type !== 's' && type !== 'r';
    const sign = body.startsWith('-') ? '-' : numeric && flags.includes('+') ? '+' : numeric && flags.includes(' ') ? ' ' : '';
    const rest = body.startsWith('-') ? body.slice(1) : body;
    const size = Math.min(Number(width), MAX_DIGITS);
    if (flags.includes('-')) return (sign + rest).padEnd(size);
    return numeric && flags.includes('0') ? sign + rest.padStart(size - sign.length, '0') : (sign + rest).padStart(size);
  });
}

function number(value: number, type: string, digits: number | undefined): string {
  switch (type.toLowerCase()) {
    case 'd':
    case 'i':
    case 'u':
      return formatFixed(Math.trunc(value) + 0, 0).padStart(digits ?? 0, '0');
    case 'e': {
      const text = Number.isFinite(value) ? value.toExponential(digits ?? 6).replace(/e([+-])(\d)$/, 'e$10$2') : formatFloat(value);
      return type === 'E' ? text.toUpperCase() : text;
    }
    case 'g': {
      const text = formatG(value, Math.max(1, digits ?? 6));
      return type === 'G' ? text.toUpperCase() : text;
    }
    case 'f':
      return formatFixed(value, digits ?? 6);
    default:
      return formatFloat(value).slice(0, digits);
  }
}

const PREFIXES = { si: 'kMGTP', binary: 'KMGTP' } as const;

/** A system of prefixes: by thousands (`k`) or by 1024 (`Ki`). */
export type UnitSystem = keyof typeof PREFIXES;

/** A number in the largest unit that it fills, and that unit's prefix, none for less than one `k`. */
export function scaleToUnit(value: number, system: UnitSystem): { value: number; prefix: string } {
  const base = system === 'si' ? 1000 : 1024;
  const prefixes = PREFIXES[system];
  for (let power = prefixes.length; power > 0; power--) {
    if (Math.abs(value) >= base ** power) return { value: value / base ** power, prefix: prefixes[power - 1] + (system === 'binary' ? 'i' : '') };
  }
  return { value, prefix: '' };
}
