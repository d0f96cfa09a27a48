import { type Body, dictionaryOf, packBody, unpackBody } from './body.ts';
import type { ErrorsFile } from './errors-file.ts';
import type { Dictionary, KnownGroup, Memory } from './memory.ts';

/** A group's events are much alike: after so many, one of them serves as a dictionary for those that follow. */
const EVENTS_BEFORE = 8;
/** Where that saves less than this part so often in a row, another is made; but no more than a few for one group. */
const LEAST_SAVED = 0.25;
const MOST_MISSES = 30;
const MOST_DICTIONARIES = 8;

/** Writes an event's body: packed by its group's dictionary, or plainly, where it becomes the next dictionary or there is none yet. */
export function writeBody(file: ErrorsFile, memory: Memory, group: KnownGroup, event: number, json: string): void {
  group.events++;
  const renew = group.dictionary === 0 ? group.events > EVENTS_BEFORE : group.misses >= MOST_MISSES && mayRenew(file, group);
  const dictionary = group.dictionary === 0 || renew ? undefined : findDictionary(file, memory, group.dictionary);
  const { packed, bytes } = packBody(json, dictionary?.bytes);
  file.run('INSERT INTO bodies VALUES (?, ?, ?)', event, dictionary ? group.dictionary : 0, packed);
  if (dictionary) group.misses = packed.length / bytes > dictionary.ratio * (1 - LEAST_SAVED) ? group.misses + 1 : 0;
  if (!renew) return;
  file.run('INSERT INTO dictionaries VALUES (?, ?, ?)', event, group.id, packed);
  file.run('UPDATE groups SET dictionary = ? WHERE id = ?', event, group.id);
  group.dictionary = event;
  group.misses = 0;
}

function mayRenew(file: ErrorsFile, group: KnownGroup): boolean {
  group.misses = 0;
  return (file.get<{ count: number }>('SELECT count(*) AS count FROM dictionaries WHERE grp = ?', group.id)?.count ?? 0) < MOST_DICTIONARIES;
}

/** The body of an event; undefined, and told, where it is damaged or missing. */
export function readBody(file: ErrorsFile, memory: Memory, event: number, name: string): Body | undefined {
  const row = file.get<{ dictionary: number; body: Uint8Array }>('SELECT dictionary, body FROM bodies WHERE event = ?', event);
  try {
    if (row?.dictionary === 0) return unpackBody(row.body);
    const dictionary = row && findDictionary(file, memory, row.dictionary);
    if (dictionary) return unpackBody(row.body, dictionary.bytes);
  } catch {
    // Told below, as is one that is missing.
  }
  file.tell(`the body of event ${name} is damaged`);
  return undefined;
}

/** From its own table, or the event that it was made of. */
function findDictionary(file: ErrorsFile, memory: Memory, event: number): Dictionary | undefined {
  let dictionary = memory.dictionaries.get(event);
  if (dictionary) return dictionary;
  for (const sql of ['SELECT body FROM dictionaries WHERE event = ?', 'SELECT body FROM bodies WHERE event = ? AND dictionary = 0']) {
    const row = file.get<{ body: Uint8Array }>(sql, event);
    try {
      if (!row) continue;
      const bytes = dictionaryOf(row.body);
      dictionary = { bytes, ratio: row.body.length / Math.max(1, bytes.length) };
      memory.dictionaries.set(event, dictionary);
      return dictionary;
    } catch {
      file.tell(`the body of an event that others were packed by is damaged`);
    }
  }
  return undefined;
}
