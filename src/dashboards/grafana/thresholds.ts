import type { PanelLimit } from '../../core/dashboard.ts';
import { type Json, listOf, numberOf, objectOf, textOf } from '../import/json.ts';

type Severity = 0 | 1 | 2;
const STATES = ['ok', 'warn', 'bad'] as const;
const COLOURS = ['green', 'orange', 'red'] as const;

/** A colour from a value on; the first is from nowhere on. */
interface Step {
  value: number | null;
  severity: Severity;
}

/** Limits from steps of colours: `{ steps: [{ color: 'green', value: null }, { color: 'red', value: 80 }] }`. */
export function limitsFromSteps(thresholds: Json): PanelLimit[] {
  const steps = listOf(thresholds.steps).map((step): Step => ({
    value: numberOf(objectOf(step).value) ?? null,
    severity: severityOf(textOf(objectOf(step).color)),
  }));
  return limitsOf(steps);
}

/** Limits of the old single figure: `"50,80"` and three colours. */
export function limitsFromList(values: string, colours: readonly unknown[]): PanelLimit[] {
  const numbers = values.split(',').flatMap((value) => numberOf(value) ?? []);
  return limitsOf(
    colours.slice(0, numbers.length + 1).map((colour, i): Step => ({ value: i === 0 ? null : numbers[i - 1], severity: severityOf(textOf(colour)) })),
  );
}

/** Limits of the old graph: `{ value, op, colorMode }`. */
export function limitsFromGraph(thresholds: readonly unknown[]): PanelLimit[] {
  return thresholds.map(objectOf).flatMap(({ value, op, colorMode, lineColor, fillColor }): PanelLimit[] => {
    const number = numberOf(value);
    const mode = textOf(colorMode);
    const severity = mode === 'critical' ? 2 : mode === 'warning' ? 1 : mode === 'ok' ? 0 : severityOf(textOf(lineColor ?? fillColor));
    return number === undefined || severity === 0 ? [] : [{ value: number, state: severity === 2 ? 'bad' : 'warn', below: op === 'lt' }];
  });
}

function limitsOf(steps: readonly Step[]): PanelLimit[] {
  return steps.slice(1).flatMap(({ value, severity }, i): PanelLimit[] => {
    const before = steps[i].severity;
    if (value === null || severity === before) return [];
    return [{ value, state: STATES[Math.max(severity, before)] as PanelLimit['state'], below: severity < before }];
  });
}

/** The steps of colours that limits mean. */
export function stepsOf(limits: readonly PanelLimit[]): { color: string; value: number | null }[] {
  const values = [...new Set(limits.map(({ value }) => value))].toSorted((a, b) => a - b);
  const severityAt = (value: number): Severity =>
    limits.reduce<Severity>((worst, limit) => {
      const reached = limit.below ? value < limit.value : value >= limit.value;
      return reached ? (Math.max(worst, limit.state === 'bad' ? 2 : 1) as Severity) : worst;
    }, 0);
  return [{ color: COLOURS[severityAt(-Infinity)], value: null }, ...values.map((value) => ({ color: COLOURS[severityAt(value)], value }))];
}

/** By the colour's name, or by where its red and green lie. */
function severityOf(colour: string): Severity {
  if (/red/i.test(colour)) return 2;
  if (/orange|yellow/i.test(colour)) return 1;
  const [red, green, blue] = partsOf(colour);
  if (red === undefined || red < 180 || blue > red * 0.8) return 0;
  return green > red * 0.45 ? (green > red * 1.1 ? 0 : 1) : 2;
}

/** Red, green and blue of `#rrggbb` or `rgba(…)`. */
function partsOf(colour: string): number[] {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
  if (hex) return hex.slice(1).map((part) => Number.parseInt(part, 16));
  const list = /^rgba?\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})/.exec(colour);
  return list ? list.slice(1).map(Number) : [];
}
