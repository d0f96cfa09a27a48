import type { TagCounts } from '../../store/errors/errors-store.ts';
import { iso } from './period.ts';

/** A tag by itself; its name is for people. */
export function tagJson(key: string): { key: string; name: string } {
  const words = key.replace(/^sentry:/, '').replaceAll(/[._-]+/g, ' ');
  return { key, name: words.charAt(0).toUpperCase() + words.slice(1) };
}

/** A value of a tag with how often it came. */
export function tagValueJson(key: string, { value, count, firstSeen, lastSeen }: TagCounts['values'][number]): Record<string, unknown> {
  return { key, name: value, value, count, firstSeen: iso(firstSeen), lastSeen: iso(lastSeen) };
}
