import type { PanelUnit } from '../../core/dashboard.ts';

/** Grafana's names of what we write; the first of each is written. */
const UNITS: Readonly<Record<Exclude<PanelUnit, ''>, readonly string[]>> = {
  number: ['short', 'none'],
  count: ['locale', 'sishort'],
  ms: ['ms'],
  s: ['s', 'dtdurations'],
  B: ['bytes', 'decbytes'],
  'B/s': ['Bps', 'binBps'],
  '%': ['percent'],
  '/s': ['ops', 'reqps', 'rps', 'wps', 'iops', 'cps', 'eps', 'mps', 'recps', 'rowsps', 'pps'],
};

/** Our unit for Grafana's; undefined for one that we do not have. */
export function unitFromGrafana(format: string): PanelUnit | undefined {
  if (format === '') return '';
  return (Object.keys(UNITS) as Exclude<PanelUnit, ''>[]).find((unit) => UNITS[unit].includes(format));
}

export function unitToGrafana(unit: PanelUnit): string | undefined {
  return unit === '' ? undefined : UNITS[unit][0];
}
