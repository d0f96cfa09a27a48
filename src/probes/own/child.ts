import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { flatten, type FoundNumber } from './flatten.ts';

/** What the process answers: numbers, or why there are none. */
export type ChildAnswer = { numbers: FoundNumber[]; every?: number } | { problem: string; every?: number };

/** More series one collector cannot make. */
const MOST_NUMBERS = 10_000;

/** What a user's file exports. */
interface Exports {
  default?: unknown;
  /** Milliseconds between two readings. */
  every?: unknown;
}

// A process of its own for one reading of one file: whatever the file does, it ends with it.
const [file] = process.argv.slice(2);

/** The place in the user's file, where the error tells it. */
function whereOf(error: unknown): string {
  const line = error instanceof Error ? error.stack?.split('\n').find((text) => text.includes(pathToFileURL(resolve(file)).href)) : undefined;
  const place = /:(\d+):\d+\)?$/.exec(line ?? '');
  return place ? ` (line ${place[1]})` : '';
}

async function read(): Promise<ChildAnswer> {
  let every: number | undefined;
  try {
    const exported = (await import(pathToFileURL(resolve(file)).href)) as Exports;
    if (typeof exported.every === 'number') every = exported.every;
    if (typeof exported.default !== 'function') return { problem: 'it exports no function as default; write export default async () => ({ size: 1 })', every };
    const numbers = flatten(await (exported.default as () => unknown)(), MOST_NUMBERS);
    return numbers.length === 0 ? { problem: 'it answered no number', every } : { numbers, every };
  } catch (error) {
    return { problem: `${error instanceof Error ? error.message : String(error)}${whereOf(error)}`.slice(0, 500), every };
  }
}

const answer = await read();
process.send?.(answer, () => process.exit(0));
