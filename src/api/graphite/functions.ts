import type { FastifyInstance } from 'fastify';
import type { FunctionDefinition, ParamDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { allFunctions } from '../../query/lookup.ts';
import { sendJson } from './json.ts';
import { isOn, paramsOf } from './params.ts';
import { question } from './question.ts';

/** `/functions`: what can be called, with its parameters, as editors of expressions ask for it. */
export function functionRoutes(app: FastifyInstance): void {
  question(app, '/functions', (request, reply) => {
    const params = paramsOf(request);
    const group = params.group?.[0];
    const described = [...allFunctions()].map(([name, definition]) => describeFunction(name, definition)).filter((known) => !group || known.group === group);
    if (!isOn(params, 'grouped')) return sendJson(reply, params, Object.fromEntries(described.map((known) => [known.name, known])));
    const grouped: Record<string, Record<string, DescribedFunction>> = {};
    for (const known of described) (grouped[known.group] ??= {})[known.name] = known;
    return sendJson(reply, params, grouped);
  });
  question(app, '/functions/:name', (request, reply) => {
    const { name } = request.params as { name: string };
    const definition = allFunctions().get(name);
    if (!definition) throw new HeedError('unknown_function', `cannot describe ${name.slice(0, 60)}(): there is no such function`, { status: 404 });
    return sendJson(reply, paramsOf(request), describeFunction(name, definition));
  });
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

function describeParam({ name, type, required, multiple, default: fallback, options, suggestions }: ParamDefinition): Record<string, unknown> {
  return {
    name,
    type,
    required: required ?? false,
    ...(multiple && { multiple }),
    // JSON has no infinity; Graphite's clients know the word.
    ...(fallback !== undefined && fallback !== null && { default: fallback === Infinity ? 'inf' : fallback }),
    ...(options && { options }),
    ...(suggestions && { suggestions }),
  };
}
