import { HeedError } from '../../core/errors.ts';

/** Most characters of each text of a marker. */
export const MOST_TEXT = 100_000;
const MOST_TAGS = 100;
/** 9999-12-31 and a day, seconds. */
const END_OF_TIME = 253_402_300_800;

/** What a client says that happened. */
export interface Marker {
  what: string;
  tags: string[];
  text: string;
  /** Milliseconds since 1970. */
  time: number;
  /** What else it says, small. */
  data: Record<string, unknown>;
}

const EXAMPLE = '{"what": "release 1.4.2", "tags": ["release"]}';

/**
 * The JSON object of a body, whatever its content type says, as `curl -d` calls everything a form. Null stands for nothing.
 * @throws HeedError `bad_event`
 */
export function readObject(body: unknown, example = EXAMPLE): Record<string, unknown> {
  let said = body;
  try {
    if (typeof body === 'string') said = JSON.parse(body);
  } catch {
    throw badEvent(`its body must be a JSON object, such as ${example}`);
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) throw badEvent('its body must be a JSON object');
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
}

/**
 * An event as Graphite's clients post it: `what`, `tags`, `data` and `when` in seconds.
 * @throws HeedError `bad_event`
 */
export function readMarker(body: unknown, now: number): Marker {
  const { what, tags, data, when } = readObject(body);
  if (typeof what !== 'string' || what.trim() === '' || what.length > MOST_TEXT) throw badEvent(`'what' must be a text`);
  if (data !== undefined && (typeof data !== 'string' || data.length > MOST_TEXT)) throw badEvent(`'data' must be a text`);
  return { what, tags: readTags(tags), text: data ?? '', time: readTime('when', when, 1, now), data: {} };
}

/** Tags as a list, or as one text with blanks or commas between. */
export function readTags(tags: unknown): string[] {
  const list = typeof tags === 'string' ? tags.split(/[\s,]+/) : (tags ?? []);
  if (!Array.isArray(list) || !list.every((tag) => typeof tag === 'string')) throw badEvent(`'tags' must be a list of texts, or one text with blanks between`);
  if (list.length > MOST_TAGS) throw badEvent(`it may have ${MOST_TAGS} tags`);
  return list;
}

/** A time that is said in units of `perSecond`, as milliseconds; `fallback` where none is. */
export function readTime(name: string, said: unknown, perSecond: 1 | 1000, fallback: number): number {
  if (said === undefined) return fallback;
  if (typeof said !== 'number' || !(said >= 0 && said < END_OF_TIME * perSecond))
    throw badEvent(`'${name}' must be ${perSecond === 1 ? 'seconds' : 'milliseconds'} since 1970`);
  return Math.floor(said * (1000 / perSecond));
}

export const badEvent = (why: string): HeedError => new HeedError('bad_event', `cannot read the event: ${why}`);
