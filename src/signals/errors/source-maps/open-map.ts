import { AnyMap, type TraceMap } from '@jridgewell/trace-mapping';
import { HeedError } from '../../../core/errors.ts';
import { withFile } from '../../../store/artifacts/byte-source.ts';
import { readEntry, readZip } from '../../../store/artifacts/zip.ts';

/** Bytes of a map, or of a minified file. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A map that was read, and its minified file once that is needed. */
export interface OpenedMap {
  map: TraceMap;
  /** Lines of the minified file; none where it was not uploaded. */
  minified(): Promise<string[]>;
  /** Of the map's text: what is in memory is a multiple of it. */
  bytes: number;
}

/** @throws HeedError `bad_zip`, `bad_map`; what reading the file throws */
export async function openMap(bundle: string, map: string, minified: string): Promise<OpenedMap> {
  const text = await readText(bundle, map);
  let lines: Promise<string[]> | undefined;
  return {
    map: parseMap(text),
    bytes: text.length,
    minified: () => (lines ??= minified === '' ? Promise.resolve([]) : readText(bundle, minified).then((source) => source.split('\n'))),
  };
}

/** A map of version 3, also one of sections (ECMA-426). @throws HeedError `bad_map` */
export function parseMap(text: string): TraceMap {
  try {
    // Some servers put this before JSON, so that it is no script.
    return new AnyMap(text.startsWith(")]}'") ? text.slice(text.indexOf('\n') + 1) : text);
  } catch (error) {
    throw new HeedError('bad_map', 'cannot read the source map: it is not one of version 3', { cause: error });
  }
}

async function readText(bundle: string, path: string): Promise<string> {
  return withFile(bundle, async (source) => {
    const entry = (await readZip(source)).get(path);
    if (entry === undefined) throw new HeedError('bad_map', 'cannot read the source map: it is not in its bundle any more');
    return (await readEntry(source, entry, MOST_BYTES)).toString('utf8');
  });
}
