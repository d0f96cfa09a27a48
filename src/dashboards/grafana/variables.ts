import { MOST_VARIABLES } from '../faults.ts';
import type { VariableDraft } from '../../core/define.ts';
import { type Json, listOf, objectOf, textOf } from '../import/json.ts';
import type { Notes } from '../import/notes.ts';
import { type Inputs, ownVariables, typeOf } from './targets.ts';

const MOST_VALUES = 1000;
const MOST_LENGTH = 100_000;

/** Variables of Grafana's `templating.list`. */
export function variablesFromGrafana(list: readonly unknown[], inputs: Inputs, notes: Notes): VariableDraft[] {
  if (list.length > MOST_VARIABLES) notes.add(`only the first ${MOST_VARIABLES} of ${list.length} variables`);
  return list
    .slice(0, MOST_VARIABLES)
    .map(objectOf)
    .flatMap((variable): VariableDraft[] => {
      const name = textOf(variable.name);
      const type = textOf(variable.type) || 'query';
      if (type === 'datasource') return [];
      if (type === 'adhoc' || type === 'groupby') {
        notes.add(`variable '${name}': filters made by hand (${type}) are not there`);
        return [];
      }
      if (textOf(variable.regex) !== '') notes.add(`variable '${name}': its regex ${textOf(variable.regex)} does not narrow what may be chosen`);
      const several = variable.multi === true;
      const from = chosenFrom(variable, type, inputs, notes);
      const values = from.values?.map((value) => ownVariables(value, `variable '${name}'`, inputs, notes));
      return [
        {
          name,
          label: textOf(variable.label),
          ...from,
          ...(values && { values }),
          default: ownVariables(defaultOf(variable), `variable '${name}'`, inputs, notes),
          multiple: several,
        },
      ];
    });
}

function chosenFrom(variable: Json, type: string, inputs: Inputs, notes: Notes): Partial<VariableDraft> {
  const name = `variable '${textOf(variable.name)}'`;
  if (type !== 'query') return { values: listed(variable, type, name, notes) };
  const asked = objectOf(variable.query);
  const query = ownVariables(textOf(variable.query) || textOf(asked.target) || textOf(asked.query), name, inputs, notes).trim();
  const source = typeOf(variable.datasource);
  if (source !== '' && source !== 'graphite') {
    notes.add(`${name}: it asks ${source}, not Graphite; what it held stays to be chosen`);
    return { values: listed(variable, type, name, notes) };
  }
  const call = /^(\w+)\((.*)\)$/s.exec(query);
  if (!call) return /[\s"'()]/.test(query) || query === '' ? unread(variable, query, name, notes) : { glob: query };
  const [first = '', ...rest] = call[2].split(',').map((part) => part.trim().replace(/^(["'])(.*)\1$/s, '$2'));
  if (call[1] === 'tag_values' && first !== '') return { tag: first, where: rest.filter((expression) => expression !== '') };
  if (call[1] === 'expand' && first !== '') {
    notes.add(`${name}: expand() gives whole names in Grafana, their last part here`);
    return { glob: first };
  }
  return unread(variable, query, name, notes);
}

function unread(variable: Json, query: string, name: string, notes: Notes): Partial<VariableDraft> {
  notes.add(`${name}: '${query}' cannot be asked here; what it held stays to be chosen`);
  return { values: listed(variable, 'query', name, notes) };
}

/** What a list offers: `a,b, text : value`, else the options that were saved. */
function listed(variable: Json, type: string, name: string, notes: Notes): string[] {
  const asked = type === 'query' ? '' : textOf(variable.query);
  if (asked.length > MOST_LENGTH) notes.add(`${name}: only what its first ${MOST_LENGTH} characters offer`);
  const query = asked.slice(0, MOST_LENGTH);
  const written = query
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll('\\,', ',').trim())
    .map((part) => /^.+ : (.+)$/.exec(part)?.[1].trim() ?? part);
  const saved = listOf(variable.options).map((option) => textOf(objectOf(option).value));
  const given =
    type === 'constant' || type === 'textbox' ? [query || currentOf(variable)[0] || ''] : query === '' ? [...saved, ...currentOf(variable)] : written;
  const values = [...new Set(given)].filter((value) => value !== '' && value !== '$__all' && !value.startsWith('$__auto'));
  if (values.length === 0) notes.add(`${name}: it has nothing to choose from; it stands for all`);
  if (values.length > MOST_VALUES) notes.add(`${name}: only its first ${MOST_VALUES} values`);
  return values.length === 0 ? ['*'] : values.slice(0, MOST_VALUES);
}

function currentOf(variable: Json): string[] {
  return [objectOf(variable.current).value].flat().map(textOf);
}

function defaultOf(variable: Json): string {
  const current = currentOf(variable).filter((value) => value !== '');
  if (current.includes('$__all') || textOf(objectOf(variable.current).text) === 'All') return '*';
  return current[0]?.startsWith('$__') ? '' : (current[0] ?? '');
}
