import { parentPort } from 'node:worker_threads';
import { causeOf } from '../../../core/errors.ts';
import { findPlaces } from './find-places.ts';
import type { FromMapper, MapAnswer, MapQuestion, ToMapper } from './messages.ts';
import { type OpenedMap, openMap } from './open-map.ts';

/** Text of the maps that stay read; in memory they are about ten times as large. */
const MOST_BYTES = 48 * 1024 * 1024;

/** The one used last comes last. */
const opened = new Map<string, OpenedMap>();

async function open({ bundle, map, minified }: MapQuestion): Promise<OpenedMap> {
  const key = `${bundle}\n${map}\n${minified}`;
  const found = opened.get(key) ?? (await openMap(bundle, map, minified));
  opened.delete(key);
  opened.set(key, found);
  let bytes = [...opened.values()].reduce((all, one) => all + one.bytes, 0);
  for (const [other, one] of opened) {
    if (bytes <= MOST_BYTES || opened.size === 1) break;
    opened.delete(other);
    bytes -= one.bytes;
  }
  return found;
}

async function answer(question: MapQuestion): Promise<MapAnswer> {
  try {
    const found = await open(question);
    return { places: await findPlaces(found.map, question.places, () => found.minified()) };
  } catch (error) {
    return { problem: causeOf(error) };
  }
}

/** One after the other, so that no map is read twice at a time. */
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ number, question }: ToMapper) => {
  last = last.then(async () => parentPort?.postMessage({ number, answer: await answer(question) } satisfies FromMapper));
});
