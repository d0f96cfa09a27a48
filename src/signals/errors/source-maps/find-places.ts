import { originalPositionFor, sourceContentFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { MinifiedPlace, OriginalPlace } from './messages.ts';

const CONTEXT_LINES = 5;
const MOST_LINE = 300;
const MOST_NAME = 500;

interface Hit {
  source: string;
  line: number;
  column: number;
  name: string;
}

/** Where places were before; undefined for those that the map knows nothing of. `minified` gives the lines of the minified file. */
export async function findPlaces(
  map: TraceMap,
  places: readonly MinifiedPlace[],
  minified: () => Promise<readonly string[]>,
): Promise<(OriginalPlace | undefined)[]> {
  const hits = places.map((place) => hitOf(map, place));
  const lines = places.some(({ caller, function: name }) => caller >= 0 && name !== '') ? await minified() : [];
  const sources = new Map<string, string[] | undefined>();
  return hits.map((hit, i) => {
    if (hit === undefined) return undefined;
    const { function: name, caller } = places[i];
    const called = places[caller];
    // What the caller calls there is this function, if the minified file says so: a callback is called by something else.
    const isCalled = called !== undefined && name !== '' && nameAt(lines, called) === name.split(/[. ]/).at(-1);
    return {
      source: hit.source,
      line: hit.line,
      column: hit.column + 1,
      function: isCalled ? (hits[caller]?.name ?? '') : '',
      context: contextOf(map, hit, sources),
    };
  });
}

function hitOf(map: TraceMap, { line, column }: MinifiedPlace): Hit | undefined {
  const found = originalPositionFor(map, { line, column });
  if (typeof found.source !== 'string' || !Number.isInteger(found.line) || !Number.isInteger(found.column)) return undefined;
  return { source: found.source, line: found.line, column: found.column, name: typeof found.name === 'string' ? found.name.slice(0, MOST_NAME) : '' };
}

/** The name that begins at a place. */
function nameAt(lines: readonly string[], { line, column }: MinifiedPlace): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec((lines[line - 1] ?? '').slice(column, column + MOST_NAME))?.[0] ?? '';
}

function contextOf(map: TraceMap, { source, line }: Hit, sources: Map<string, string[] | undefined>): OriginalPlace['context'] {
  if (!sources.has(source)) {
    const content: unknown = sourceContentFor(map, source);
    sources.set(source, typeof content === 'string' ? content.split('\n') : undefined);
  }
  const lines = sources.get(source);
  if (lines === undefined || line < 1 || line > lines.length) return undefined;
  const cut = (from: number, to: number): string[] => lines.slice(Math.max(0, from), to).map((text) => text.replace(/\r$/, '').slice(0, MOST_LINE));
  return { before: cut(line - 1 - CONTEXT_LINES, line - 1), line: cut(line - 1, line)[0], after: cut(line, line + CONTEXT_LINES) };
}
