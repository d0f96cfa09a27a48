import { createHash } from 'node:crypto';
import type { ComponentName, GroupingComponent } from '../../../core/error-grouping.ts';

/** A component that contributes when one of its values does; a text always does. */
export function component(name: ComponentName, values: (string | GroupingComponent)[], hint?: string): GroupingComponent {
  const contributes = values.some((value) => typeof value === 'string' || value.contributes);
  return hint === undefined ? { name, contributes, values } : { name, contributes, hint, values };
}

/** The same values, but they do not count. */
export function ignored(name: ComponentName, values: (string | GroupingComponent)[], hint: string): GroupingComponent {
  return { name, contributes: false, hint, values };
}

/** The contributing texts in the order they are hashed in. */
export function leaves(part: GroupingComponent, into: string[] = []): string[] {
  if (!part.contributes) return into;
  for (const value of part.values) {
    if (typeof value === 'string') into.push(value);
    else leaves(value, into);
  }
  return into;
}

/** Sentry's hash of values: md5 of all of them one after another. */
export function hashOf(values: readonly string[]): string {
  return createHash('md5').update(values.join('')).digest('hex');
}

/** Whether a stack trace contributes anywhere in it. */
export function hasStacktrace(part: GroupingComponent): boolean {
  if (!part.contributes) return false;
  if (part.name === 'stacktrace') return true;
  return part.values.some((value) => typeof value !== 'string' && hasStacktrace(value));
}
