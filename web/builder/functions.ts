import { signal } from '@preact/signals';
import { askFunctions } from '../state/api.ts';

/** One parameter as /functions describes it. */
export interface Parameter {
  name: string;
  type: string;
  required: boolean;
  multiple?: boolean;
  default?: string | number | boolean;
  options?: (string | number)[];
  suggestions?: (string | number)[];
}

/** One function of the language. */
export interface GraphiteFunction {
  name: string;
  /** As Python would write its head. */
  function: string;
  description: string;
  group: string;
  params: Parameter[];
}

export type Functions = ReadonlyMap<string, GraphiteFunction>;

/** All functions by name, once they were asked for; empty before. */
export const functions = signal<Functions>(new Map());
let asked = false;

/** Reads the functions the first time. */
export function loadFunctions(): void {
  if (asked) return;
  asked = true;
  askFunctions<GraphiteFunction>().then(
    (answer) => (functions.value = new Map(Object.entries(answer))),
    () => (asked = false),
  );
}

/** Whether arguments of this type are series. */
export function isSeriesType(type: string): boolean {
  return type === 'seriesList' || type === 'seriesLists';
}

/** Whether a function works on series that it is given, and so may stand in the middle. */
export function takesSeries({ params }: GraphiteFunction): boolean {
  return params.length > 0 && isSeriesType(params[0].type);
}

/** The parameter that stands for the argument at a position. */
export function parameterAt(params: readonly Parameter[], position: number): Parameter | undefined {
  return params[position] ?? (params.at(-1)?.multiple ? params.at(-1) : undefined);
}

/** `windowSize`, `nodes …`, `func = sum`: a parameter in few words. */
export function parameterInWords({ name, multiple, required, default: fallback }: Parameter): string {
  if (multiple) return `${name} …`;
  if (required) return name;
  return fallback === undefined ? `[${name}]` : `[${name} = ${String(fallback)}]`;
}
