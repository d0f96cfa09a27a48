import type { ExpressionNode } from '../../src/api/contract.ts';
import { type Functions, type GraphiteFunction, isSeriesType, parameterAt, takesSeries } from './functions.ts';
import { isWhole } from './caret.ts';
import { shown, written, wrongWith } from './values.ts';

/** An expression as a way from its innermost series to its outermost function. */
export interface Pipeline {
  /** The innermost series, or whatever stands there, as text. */
  source: string;
  steps: readonly Step[];
}

/** One function on the way. */
export interface Step {
  /** Stays the same while the step is edited and moved. */
  id: number;
  name: string;
  /** What it was given besides the series that come from before, by parameter; values of series are expressions. */
  values: Readonly<Record<string, readonly string[]>>;
  /** Of a call that fits no description: what stands before and after the series, as it is written. */
  rest?: { before: string; after: string };
}

let ids = 0;

/** Takes a target apart along the first series of each call. */
export function toPipeline(text: string, tree: ExpressionNode, functions: Functions): Pipeline {
  const steps: Step[] = [];
  let node = tree;
  for (let inner = innerOf(node); inner !== undefined; inner = innerOf(node)) {
    steps.unshift(toStep(text, node, inner, functions.get(node.function ?? '')));
    node = (node.arguments ?? [])[inner].value;
  }
  return { source: text.slice(...node.span), steps };
}

/** Not a literal. */
function isMade({ kind }: ExpressionNode): boolean {
  return kind === 'call' || kind === 'path' || kind === 'template';
}

/** Which argument the way goes on through. */
function innerOf({ kind, arguments: given = [] }: ExpressionNode): number | undefined {
  if (kind !== 'call') return undefined;
  const at = given.findIndex(({ name, value }) => name === '' && isMade(value));
  return at < 0 ? undefined : at;
}

function toStep(text: string, { function: name = '', arguments: given = [] }: ExpressionNode, inner: number, definition?: GraphiteFunction): Step {
  const id = ids++;
  const textOf = ({ name: word, value }: { name: string; value: ExpressionNode }): string => `${word === '' ? '' : `${word}=`}${text.slice(...value.span)}`;
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  const fits = given.every((argument, position) => {
    if (position === inner) return true;
    const param = argument.name === '' ? parameterAt(definition?.params ?? [], position) : definition?.params.find((one) => one.name === argument.name);
    if (!param || (values[param.name] && !param.multiple)) return false;
    const raw = text.slice(...argument.value.span);
    if (argument.value.kind === 'none') return !param.required;
    const value = isSeriesType(param.type) ? raw : shown(argument.value.kind, raw);
    (values[param.name] ??= []).push(value);
    return isSeriesType(param.type) || (!isMade(argument.value) && wrongWith(param, value) === '');
  });
  if (definition && inner === 0 && takesSeries(definition) && fits) return { id, name, values };
  const before = given.slice(0, inner).map((one) => `${textOf(one)},`);
  const after = given.slice(inner + 1).map((one) => `,${textOf(one)}`);
  return { id, name, values: {}, rest: { before: before.join(''), after: after.join('') } };
}

/** A new step with what is likely meant; parameters for which nothing is stay empty. */
export function newStep({ name, params }: GraphiteFunction): Step {
  const values: Record<string, string[]> = {};
  for (const { name: parameter, type, required, default: fallback, options, suggestions } of params.slice(1)) {
    const likely = fallback ?? suggestions?.[0] ?? options?.[0];
    if (required && !isSeriesType(type) && likely !== undefined) values[parameter] = [String(likely)];
  }
  return { id: ids++, name, values };
}

/** Parameters that a step cannot do without and has no fitting value for, and those whose value does not fit. */
export function lacking(step: Step, definition: GraphiteFunction | undefined): string[] {
  if (step.rest || !definition) return [];
  return definition.params
    .slice(1)
    .filter((param) => {
      const given = (step.values[param.name] ?? []).filter((value) => value !== '');
      if (given.length === 0) return param.required;
      return given.some((value) => (isSeriesType(param.type) ? !isWhole(value) : wrongWith(param, value) !== ''));
    })
    .map(({ name }) => name);
}

/**
 * Whether a pipeline is in the middle of an edit: its series, or a step of those that are in the text already, cannot be written
 * at the moment. A step that is new is no reason: it is left out until it is whole.
 */
export function isHalf({ source, steps }: Pipeline, inText: ReadonlySet<number>, functions: Functions): boolean {
  return source.trim() === '' || !isWhole(source) || steps.some((step) => inText.has(step.id) && lacking(step, functions.get(step.name)).length > 0);
}

/** The target; steps that lack something are left out. */
export function toText({ source, steps }: Pipeline, functions: Functions): string {
  let text = source.trim();
  for (const step of steps) {
    const definition = functions.get(step.name);
    if (lacking(step, definition).length === 0) text = callText(step, text, definition);
  }
  return text;
}

function callText({ name, values, rest }: Step, series: string, definition: GraphiteFunction | undefined): string {
  if (rest || !definition) return `${name}(${rest?.before ?? ''}${series}${rest?.after ?? ''})`;
  const args: string[] = [series];
  let skipped = false;
  for (const [position, param] of definition.params.entries()) {
    if (position === 0 && !param.multiple) continue;
    const given = (values[param.name] ?? []).filter((value) => value !== '');
    if (given.length === 0) skipped ||= position > 0;
    for (const value of given) args.push(`${skipped ? `${param.name}=` : ''}${isSeriesType(param.type) ? value.trim() : written(param.type, value)}`);
  }
  return `${name}(${args.join(',')})`;
}

/** What stands on a step's chip beside its name: its values. */
export function valuesInWords({ values, rest }: Step): string {
  if (rest) return `${rest.before}…${rest.after}`;
  return Object.values(values)
    .flat()
    .filter((value) => value !== '')
    .join(', ');
}
