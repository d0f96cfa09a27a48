import { integerOf, textOf } from './shapes.ts';

const MOST_PARTS = 32;
const MOST_PART = 1024;
const MOST_CHECKSUM = 64;

/** What the client wants it grouped by: a list or one text; an empty list says nothing. */
export function readFingerprint(said: unknown): string[] | undefined {
  const parts = (Array.isArray(said) ? (said as unknown[]) : [said])
    .slice(0, MOST_PARTS)
    .map((part) => textOf(part, MOST_PART))
    .filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts;
}

/** Of very old clients; any text or number. */
export function readChecksum(said: unknown): string | undefined {
  const number = integerOf(said);
  return textOf(number ?? said, MOST_CHECKSUM);
}
