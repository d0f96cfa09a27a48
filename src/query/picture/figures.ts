import type { Unit } from './units.ts';

/** A number as it is written, and its unit that stands beside it. */
export interface Figure {
  text: string;
  unit: string;
}

const THOUSANDS = ['', 'k', 'M', 'G', 'T', 'P'] as const;
const KIBI = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;

function grouped(value: number): string {
  const [whole, decimals] = String(value).split('.');
  const groups = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
  return decimals === undefined ? groups : `${groups}.${decimals}`;
}

/** At most `digits` significant digits, and all of a whole number's; exponents for the very large and the very small. */
function short(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 1e-4 || size >= 1e15) return String(Number(value.toPrecision(digits))).replace('e+', 'e');
  const whole = Math.floor(Math.log10(size)) + 1;
  return grouped(whole >= digits ? Math.round(value) : Number(value.toPrecision(digits)));
}

function scaled(value: number, prefixes: readonly string[], base: number, digits: number): Figure {
  let size = Math.abs(value);
  let power = 0;
  // 999.6 reads 1 k: the step is taken where three digits would round up to it.
  while (size >= base - 0.5 && power < prefixes.length - 1) {
    size /= base;
    power++;
  }
  return { text: short(Math.sign(value) * size, digits), unit: prefixes[power] };
}

function duration(milliseconds: number, digits: number): Figure {
  const size = Math.abs(milliseconds);
  if (size < 999.5) return { text: short(milliseconds, digits), unit: 'ms' };
  if (size < 600_000) return { text: short(milliseconds / 1000, digits), unit: 's' };
  if (size < 36_000_000) return { text: short(milliseconds / 60_000, digits), unit: 'min' };
  return { text: short(milliseconds / 3_600_000, digits), unit: 'h' };
}

/** A number by the rules of the screens: three significant digits, `0` without unit, `none` for no data. */
export function figure(value: number, unit: Unit, digits = 3): Figure {
  if (Number.isNaN(value)) return { text: 'none', unit: '' };
  if (!Number.isFinite(value)) return { text: value > 0 ? 'infinite' : '-infinite', unit: '' };
  if (value === 0) return { text: '0', unit: '' };
  switch (unit) {
    case 'count':
      return { text: Math.abs(value) < 1e15 ? grouped(Math.round(value)) : short(value, digits), unit: '' };
    case 'plain':
      return { text: short(value, Math.max(6, digits)), unit: '' };
    case '%':
      return { text: short(value, digits), unit: '%' };
    case 'ms':
      return duration(value, digits);
    case 's':
      return duration(Math.max(-1e300, Math.min(1e300, value)) * 1000, digits);
    case 'binary':
      return scaled(value, KIBI, 1024, digits);
    default: {
      const { text, unit: prefix } = scaled(value, THOUSANDS, 1000, digits);
      return { text, unit: `${prefix}${unit === 'number' ? '' : unit}` };
    }
  }
}

/** A figure as one text: `1.9 s`, `48.2 k/s`. */
export function figureText(value: number, unit: Unit, digits = 3): string {
  const { text, unit: beside } = figure(value, unit, digits);
  return beside === '' ? text : `${text} ${beside}`;
}
