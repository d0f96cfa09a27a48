import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FunctionDefinition, ParamDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { AGGREGATE_NAMES } from '../../query/rows/aggregate.ts';
import { allFunctions } from '../../query/lookup.ts';
import { indentOf, sendText } from './json.ts';
import { isOn, lastOf, type Params, paramsOf } from './params.ts';
import { question } from './question.ts';

/** `/functions`: what can be called, with its parameters, as editors of expressions ask for it. */
export function functionRoutes(app: FastifyInstance): void {
  question(app, '/functions', (request, reply) => {
    const params = paramsOf(request);
    // None of ours are for pies.
    if (lastOf(params, 'type') === 'pie') return sendDescription(reply, params, {});
    const group = lastOf(params, 'group');
    const described = [...allFunctions()].map(([name, definition]) => describeFunction(name, definition)).filter((known) => !group || known.group === group);
    if (!isOn(params, 'grouped')) return sendDescription(reply, params, Object.fromEntries(described.map((known) => [known.name, known])));
    const grouped: Record<string, Record<string, DescribedFunction>> = {};
    for (const known of described) (grouped[known.group] ??= {})[known.name] = known;
    return sendDescription(reply, params, grouped);
  });
  question(app, '/functions/:name', (request, reply) => {
    const { name } = request.params as { name: string };
    const definition = allFunctions().get(name);
    if (!definition) throw new HeedError('unknown_function', `cannot describe ${name.slice(0, 60)}(): there is no such function`, { status: 404 });
    return sendDescription(reply, paramsOf(request), describeFunction(name, definition));
  });
}

/** Stands for infinity until the text is made: JSON lacks it, and Graphite's clients read the number that is too large. */
const INFINITY = '\u221E';

function sendDescription(reply: FastifyReply, params: Params, description: unknown): FastifyReply {
  return sendText(reply, params, JSON.stringify(description, null, indentOf(params)).replaceAll(`"${INFINITY}"`, '1e9999'));
}

interface DescribedFunction {
  name: string;
  function: string;
  description: string;
  module: string;
  group: string;
  params: Record<string, unknown>[];
}

function describeFunction(name: string, { about, group, params }: FunctionDefinition): DescribedFunction {
  return {
    name,
    function: `${name}(${params.map(signature).join(', ')})`,
    description: about,
    module: 'graphite.render.functions',
    group,
    params: params.map(describeParam),
  };
}

/** As Python would write the parameter. */
function signature({ name, required, multiple, default: fallback = null }: ParamDefinition): string {
  if (multiple) return `*${name}`;
  return required ? name : `${name}=${python(fallback)}`;
}

function python(value: string | number | boolean | null): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === Infinity ? 'inf' : String(value);
}

function describeParam({
  name,
  type,
  required,
  multiple,
  default: fallback,
  options = optionsOf(type),
  suggestions,
}: ParamDefinition): Record<string, unknown> {
  return {
    name,
    type,
    required: required ?? false,
    ...(multiple && { multiple }),
    ...(fallback !== undefined && fallback !== null && { default: fallback === Infinity ? INFINITY : fallback }),
    ...(options && { options }),
    ...(suggestions && { suggestions }),
  };
}

/** What a type itself allows. */
function optionsOf(type: ParamDefinition['type']): readonly string[] | undefined {
  return type === 'aggFunc' ? AGGREGATE_NAMES : undefined;
}
