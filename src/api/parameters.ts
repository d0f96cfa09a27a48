import type { FastifyServerOptions } from 'fastify';
import { HeedError } from '../core/errors.ts';

/** One parameter, in the part of JSON schema that routes use. `about` becomes its description in openapi.json. */
export interface Parameter {
  /** An `object`, or a list of them, is looked at by the route. */
  type: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  description: string;
  items?: { type: 'string' | 'object' | 'integer' };
  maxLength?: number;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  default?: string | number | boolean;
}

/** Schema of a query string or of a JSON body. */
export interface ParametersSchema {
  type: 'object';
  properties: Record<string, Parameter>;
  required?: readonly string[];
}

/**
 * Makes the check of a route's parameters: text becomes numbers and flags, defaults are filled in, unknown names are
 * left out. In place of Ajv, which costs 48 ms and 6 MB of every start for these few words.
 * @returns Fastify's validator: `{ value }`, or `{ error }` with HeedError `bad_parameter`
 */
export function parameterCheck(schema: ParametersSchema): (data: unknown) => { value: unknown } | { error: Error } {
  return (data) => {
    try {
      return { value: checkAll(schema, data) };
    } catch (error) {
      return { error: error as Error };
    }
  };
}

/** Given at once, or Fastify loads Ajv and a serializer of its own, a tenth of a second and 6 MB at start; its types know no other. */
export const COMPILERS = {
  buildValidator:
    () =>
    ({ schema }: { schema: unknown }) =>
      parameterCheck(schema as ParametersSchema),
  buildSerializer: () => () => JSON.stringify,
} as unknown as NonNullable<FastifyServerOptions['schemaController']>['compilersFactory'];

function checkAll(schema: ParametersSchema, data: unknown): Record<string, unknown> {
  if (data === null || typeof data !== 'object' || Array.isArray(data))
    throw new HeedError('bad_parameter', 'cannot read the request: a JSON object is needed');
  const given = data as Record<string, unknown>;
  const value: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(schema.properties)) {
    if (Object.hasOwn(given, name)) value[name] = checkOne(name, parameter, given[name]);
    else if (parameter.default !== undefined) value[name] = parameter.default;
    else if (schema.required?.includes(name)) throw bad(name, 'is missing');
  }
  return value;
}

function checkOne(name: string, parameter: Parameter, given: unknown): unknown {
  if (parameter.type === 'array') {
    const list = (Array.isArray(given) ? given : [given]) as unknown[];
    if (list.length > (parameter.maxItems ?? Infinity)) throw bad(name, `may be given ${parameter.maxItems} times`);
    const check = { object: checkObject, string: checkText, integer: checkInteger }[parameter.items?.type ?? 'string'];
    return list.map((item) => check(name, item, parameter));
  }
  if (parameter.type === 'object') return checkObject(name, given);
  if (parameter.type === 'string') return checkText(name, given, parameter);
  if (parameter.type === 'boolean') {
    if (given === true || given === 'true' || given === '1' || given === '') return true;
    if (given === false || given === 'false' || given === '0') return false;
    throw bad(name, 'must be 1 or 0');
  }
  return checkInteger(name, given, parameter);
}

function checkInteger(name: string, given: unknown, { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: Parameter): number {
  const number = typeof given === 'string' && /^-?\d{1,15}$/.test(given) ? Number(given) : given;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < minimum || number > maximum)
    throw bad(name, `must be a whole number from ${minimum} to ${maximum}`);
  return number;
}

function checkObject(name: string, given: unknown): object {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw bad(name, 'must be an object');
  return given;
}

function checkText(name: string, given: unknown, { minLength = 0, maxLength = 16_384 }: Parameter): string {
  if (typeof given !== 'string') throw bad(name, 'must be one text');
  if (given.length < minLength) throw bad(name, 'is empty');
  if (given.length > maxLength) throw bad(name, `may have ${maxLength} characters`);
  return given;
}

function bad(name: string, what: string): HeedError {
  return new HeedError('bad_parameter', `cannot read the request: ${name} ${what}`);
}
