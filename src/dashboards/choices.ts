import type { Variable } from '../core/dashboard.ts';
import { substitute } from './substitute.ts';

/** What may be chosen of one variable. */
export interface Choices {
  name: string;
  values: string[];
  /** There are more. */
  more: boolean;
}

/** Where names and tags are found; the points' reader. */
export interface NameReader {
  find(glob: string, options: { limit: number }): Promise<{ text: string }[]>;
  tagValues(expressions: string[], key: string, prefix: string, limit: number): Promise<string[]>;
}

const MOST_VALUES = 1000;
/** Nodes looked at for their last parts, which may be the same. */
const MOST_NODES = 20_000;

/**
 * What may be chosen, one variable after the other: what stands for an earlier one narrows those after it. Where nothing is chosen, or
 * nothing that is there, it is the default, else the first.
 */
export async function findChoices(variables: readonly Variable[], given: ReadonlyMap<string, readonly string[]>, reader: NameReader): Promise<Choices[]> {
  const chosen = new Map<string, readonly string[]>();
  const choices: Choices[] = [];
  for (const variable of variables) {
    const { values, more } = await valuesOf(variable, chosen, reader);
    choices.push({ name: variable.name, values, more });
    chosen.set(variable.name, chosenOf(variable, values, given.get(variable.name)));
  }
  return choices;
}

function chosenOf({ default: fallback }: Variable, values: readonly string[], given: readonly string[] | undefined): readonly string[] {
  if (given && given.length > 0) return given;
  if (fallback !== '') return [fallback];
  return values.length > 0 ? [values[0]] : ['*'];
}

async function valuesOf(
  { glob, tag, where, values }: Variable,
  chosen: ReadonlyMap<string, readonly string[]>,
  reader: NameReader,
): Promise<Omit<Choices, 'name'>> {
  if (values.length > 0) return { values, more: false };
  const found =
    tag === ''
      ? [...new Set((await reader.find(substitute(glob, chosen), { limit: MOST_NODES })).map(({ text }) => text))]
      : await reader.tagValues(narrowing(where, chosen), tag, '', MOST_VALUES + 1);
  const sorted = found.toSorted(byNumbers.compare);
  return { values: sorted.slice(0, MOST_VALUES), more: sorted.length > MOST_VALUES };
}

/** `web-2` before `web-10`. */
const byNumbers = new Intl.Collator('en', { numeric: true });

/** An equation with several or all chosen becomes the expression that means it. */
function narrowing(where: readonly string[], chosen: ReadonlyMap<string, readonly string[]>): string[] {
  return where.map((expression) => {
    const equation = /^([^!=~]+)=\$\{?(\w+)\}?$/.exec(expression);
    const values = equation ? chosen.get(equation[2]) : undefined;
    if (!equation || !values || (values.length === 1 && !values[0].includes('*'))) return substitute(expression, chosen);
    return substitute(`${equation[1]}=~^\${${equation[2]}:regex}$`, chosen);
  });
}
