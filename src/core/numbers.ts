/** A number with its unit, for people: three significant digits, units apart. */
export interface Figure {
  text: string;
  unit: string;
}

/** `48,211` */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Three significant digits at most, with k, M, G from 10,000 on: `612`, `1.9`, `48.2 k`. NaN is `none`. */
export function formatNumber(value: number): Figure {
  if (Number.isNaN(value)) return { text: 'none', unit: '' };
  if (!Number.isFinite(value)) return { text: value > 0 ? 'infinite' : '-infinite', unit: '' };
  const size = Math.abs(value);
  if (size >= 1e15) return { text: value.toExponential(2), unit: '' };
  if (size >= 9.995e8) return { text: significant(value / 1e9), unit: 'G' };
  if (size >= 9.995e5) return { text: significant(value / 1e6), unit: 'M' };
  if (size >= 9999.5) return { text: significant(value / 1e3), unit: 'k' };
  return { text: significant(value), unit: '' };
}

/** Bytes by 1000: `3.1 GB`. */
export function formatBytes(bytes: number): Figure {
  let value = bytes;
  let unit = 'B';
  for (const next of ['kB', 'MB', 'GB', 'TB']) {
    if (Math.abs(value) < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return { text: significant(value), unit };
}

function significant(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const text = value.toFixed(Math.min(digits, 6));
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed.replace(/\B(?=(\d{3})+(?!\d))/g, trimmed.includes('.') ? '' : ',');
}

/** A figure as one text: `48.2 k`. */
export function plain({ text, unit }: Figure): string {
  return unit === '' ? text : `${text} ${unit}`;
}

/** A span of time for people: `5 min 20 s`, `12 d`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d`;
}

/** A share in percent, rounded down: only all of it is `100 %`, and of nearly all two digits tell: `99.97 %`. */
export function formatShare(percent: number): string {
  if (percent >= 100) return '100 %';
  const scale = percent >= 99.9 ? 100 : 10;
  return `${(Math.floor(percent * scale + 1e-9) / scale).toFixed(scale === 100 ? 2 : 1)} %`;
}
