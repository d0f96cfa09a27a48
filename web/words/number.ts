/** A number as it is shown: the figure, and the unit that stands beside it smaller. */
export interface Figure {
  text: string;
  unit: string;
}

/** What a number measures. `count` is exact, `number` has no unit. */
export type Unit = 'number' | 'count' | 'ms' | 'B' | '%' | '/s' | 'B/s';

const SI = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/** At most `digits` significant digits, comma for thousands, point for decimals. */
export function short(value: number, digits = 3): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) return value.toExponential(Math.max(0, digits - 1)).replace('e+', 'e');
  const whole = Math.floor(Math.log10(size)) + 1;
  const rounded = Number(value.toPrecision(Math.max(digits, Math.min(whole, 15))));
  return thousands(Number(whole >= digits ? rounded.toFixed(0) : rounded.toPrecision(digits)));
}

/** `48211` as `48,211`; decimals stay. */
export function thousands(value: number): string {
  const [whole, decimals] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

function scaled(value: number, suffix: string, digits: number): Figure {
  let size = Math.abs(value);
  let power = 0;
  // 999.6 reads 1 k, so the step is taken where three digits would round up to it.
  while (size >= 999.5 && power < SI.length - 1) {
    size /= 1000;
    power++;
  }
  return { text: short(Math.sign(value) * size, digits), unit: `${SI[power]}${suffix}` };
}

/** The rules of figures: three significant digits, ms below a second, bytes by 1000, `0` without unit, `none` for no data. */
export function figure(value: number | null | undefined, unit: Unit = 'number', digits = 3): Figure {
  if (value === null || value === undefined || Number.isNaN(value)) return { text: 'none', unit: '' };
  if (value === 0) return { text: '0', unit: '' };
  if (unit === 'count') return { text: thousands(Math.round(value)), unit: '' };
  if (unit === '%') return { text: short(value, digits), unit: '%' };
  if (unit === 'ms') return duration(value, digits);
  if (unit === 'B' || unit === 'B/s') {
    const { text, unit: prefix } = scaled(value, '', digits);
    return { text, unit: `${prefix}${unit}` };
  }
  return scaled(value, unit === '/s' ? '/s' : '', digits);
}

function duration(value: number, digits: number): Figure {
  const size = Math.abs(value);
  if (size < 999.5) return { text: short(value, digits), unit: 'ms' };
  if (size < 600_000) return { text: short(value / 1000, digits), unit: 's' };
  if (size < 36_000_000) return { text: short(value / 60_000, digits), unit: 'min' };
  return { text: short(value / 3_600_000, digits), unit: 'h' };
}

/** A figure in one string, for names and labels: `1.9 s`, `48.2 k/s`. */
export function inWords(value: number | null | undefined, unit: Unit = 'number', digits = 3): string {
  const { text, unit: beside } = figure(value, unit, digits);
  return beside === '' ? text : `${text} ${beside}`;
}

/** `1 line`, `2 lines`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}
