import { MOST_TARGETS } from '../faults.ts';
import { type Json, listOf, objectOf, textOf } from '../import/json.ts';
import type { Notes } from '../import/notes.ts';

/** Most times that references to other queries are followed, and the longest a query may become. */
const MOST_DEPTH = 10;
const MOST_LENGTH = 8192;

const REFERENCE = /#([A-Z])(?![A-Za-z0-9])/g;

/** What stands for a name from outside the dashboard, e.g. `${VAR_PREFIX}` of an exported one. */
export type Inputs = ReadonlyMap<string, string>;

/** Graphite expressions of a panel's queries: references `#A` put in, hidden ones and those of other sources left out. */
export function targetsFromGrafana(panel: Json, name: string, inputs: Inputs, notes: Notes): string[] {
  const list = listOf(panel.targets);
  if (list.length > MOST_TARGETS) notes.add(`${name}: only the first ${MOST_TARGETS} of ${list.length} queries`);
  const queries = list.slice(0, MOST_TARGETS).map(objectOf);
  const byRef = new Map(queries.map((query) => [textOf(query.refId), textOf(query.target)]));
  return queries.flatMap((query, i) => {
    const ref = textOf(query.refId) || String(i + 1);
    const text = textOf(query.targetFull) || textOf(query.target);
    if (text === '') {
      const source = typeOf(query.datasource) || typeOf(panel.datasource);
      if (source !== '' && source !== 'graphite') notes.add(`${name}: query ${ref} asks ${source}, not Graphite`);
      else if (Object.keys(query).some((key) => ['expr', 'query', 'rawSql'].includes(key) && textOf(query[key]) !== ''))
        notes.add(`${name}: query ${ref} is none of Graphite`);
      return [];
    }
    if (query.hide === true) {
      // One that others refer to is put into them.
      if (![...byRef.values()].some((other) => other.includes(`#${ref}`))) notes.add(`${name}: query ${ref} is hidden and was left out`);
      return [];
    }
    const whole = followReferences(text, byRef);
    if (whole === undefined) {
      notes.add(`${name}: query ${ref} is longer than ${MOST_LENGTH} characters`);
      return [];
    }
    return [ownVariables(whole, name, inputs, notes)];
  });
}

/** Type of a data source, where it is told; older ones only have a name. */
export function typeOf(datasource: unknown): string {
  return textOf(objectOf(datasource).type);
}

/** The query with those that it refers to in their places; undefined where it becomes too long. */
function followReferences(text: string, byRef: ReadonlyMap<string, string>): string | undefined {
  let whole = text;
  for (let depth = 0; depth < MOST_DEPTH && whole.length <= MOST_LENGTH; depth++) {
    const references = [...whole.matchAll(REFERENCE)];
    const length = references.reduce((sum, [, ref]) => sum + (byRef.get(ref)?.length ?? 0), whole.length);
    if (references.length === 0 || length > 2 * MOST_LENGTH) break;
    whole = whole.replace(REFERENCE, (reference: string, ref: string) => byRef.get(ref) ?? reference);
  }
  return whole.length > MOST_LENGTH ? undefined : whole;
}

/** Variables as we write them: `[[name]]` is `${name}`; what only Grafana knows is replaced. */
export function ownVariables(text: string, name: string, inputs: Inputs, notes: Notes): string {
  return text
    .replace(/\[\[(\w+)(?::(\w+))?\]\]/g, (_, word: string, form: string | undefined) => `\${${word}${form === undefined ? '' : `:${form}`}}`)
    .replace(/\$\{(\w+)\}/g, (whole: string, word: string) => inputs.get(word) ?? whole)
    .replace(/\$\{?__(\w+)\}?/g, (_, word: string) => {
      const instead = /interval/.test(word) ? '1min' : word.startsWith('range') ? '1h' : '*';
      notes.add(`${name}: $__${word} is ${instead} here`);
      return instead;
    });
}
