import type { Notes } from './notes.ts';
import { cleanText, lineOf } from './shapes.ts';

const MOST_RELEASE = 200;
const MOST_DIST = 64;
const MOST_ENVIRONMENT = 64;

/** A release as clients name it; undefined, with a note, for what could never be told from another. */
export function readRelease(value: unknown, notes: Notes): string | undefined {
  const release = nameOf(value);
  if (release === undefined) return undefined;
  if (/[\r\n\t\f]/.test(release) || /^[./\\\s]+$/.test(release) || release.toLowerCase() === 'latest') {
    notes.add('invalid_data', 'release', release);
    return undefined;
  }
  return notes.cut(release, MOST_RELEASE, 'release');
}

/** Which build of a release. */
export function readDist(value: unknown, notes: Notes): string | undefined {
  const dist = nameOf(value);
  if (dist === undefined) return undefined;
  if (dist.length <= MOST_DIST && /^[\w.-]+$/.test(dist)) return dist;
  notes.add('invalid_data', 'dist', dist);
  return undefined;
}

export function readEnvironment(value: unknown, notes: Notes): string | undefined {
  const environment = nameOf(value);
  if (environment === undefined) return undefined;
  if (/[\r\n\f/]/.test(environment) || environment.toLowerCase() === 'none') {
    notes.add('invalid_environment', 'environment', environment);
    return undefined;
  }
  return notes.cut(environment, MOST_ENVIRONMENT, 'environment');
}

/** A text on one line. */
export function readLine(value: unknown, most: number, name: string, notes: Notes): string | undefined {
  return notes.cut(lineOf(value, Number.MAX_SAFE_INTEGER), most, name);
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? cleanText(value).trim() || undefined : undefined;
}
