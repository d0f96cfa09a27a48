import { functions, type GraphiteFunction, isSeriesType, parameterAt, type Parameter } from './functions.ts';
import type { Caret } from './caret.ts';
import { suggestionsFor, written } from './values.ts';

/** Something that can be put at the caret. */
export interface Offer {
  /** What is put there. */
  text: string;
  /** What is shown. */
  name: string;
  about: string;
}

const MOST_FUNCTIONS = 6;

/** The function and parameter that are being written. */
export function parameterHere({ call }: Caret): { definition: GraphiteFunction; param: Parameter | undefined } | undefined {
  const definition = call && functions.value.get(call.name);
  if (!call || !definition) return undefined;
  const byName = definition.params.find(({ name }) => name === call.keyword);
  return { definition, param: byName ?? parameterAt(definition.params, call.argument) };
}

/** Functions that begin with the word, and values that the parameter takes. */
export function offersHere(caret: Caret): Offer[] {
  if (caret.inText) return [];
  const param = parameterHere(caret)?.param;
  if (caret.word === '' && param && !isSeriesType(param.type)) {
    return suggestionsFor(param).map((value) => ({ text: written(param.type, value), name: written(param.type, value), about: param.name }));
  }
  if (!/^[A-Za-z]\w*$/.test(caret.word) || (param && !isSeriesType(param.type))) return [];
  const begin = caret.word.toLowerCase();
  return [...functions.value.values()]
    .filter(({ name }) => name.toLowerCase().startsWith(begin))
    .toSorted((a, b) => a.name.length - b.name.length)
    .slice(0, MOST_FUNCTIONS)
    .map(({ name, description }) => ({ text: `${name}(`, name: `${name}()`, about: description }));
}
