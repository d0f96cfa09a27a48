import type { PanelLimit } from '../../../src/core/dashboard.ts';

/** Limits as one writes them: `600` or `<5`, one a line of the form. */
export function limitText(limits: readonly PanelLimit[], state: PanelLimit['state']): string {
  return limits
    .filter((limit) => limit.state === state)
    .map(({ below, value }) => `${below ? '<' : ''}${value}`)
    .join(', ');
}

/** Replaces the limits of a state by what was written; null when it cannot be read. */
export function withLimits(limits: readonly PanelLimit[], state: PanelLimit['state'], text: string): PanelLimit[] | null {
  const read: PanelLimit[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, below, number] = /^([<>]?)\s*(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/i.exec(part) ?? [];
    if (number === undefined) return null;
    read.push({ value: Number(number), state, below: below === '<' });
  }
  return [...limits.filter((limit) => limit.state !== state), ...read];
}
