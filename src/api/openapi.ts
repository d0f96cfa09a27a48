import type { RouteOptions } from 'fastify';
import type { Parameter, ParametersSchema } from './parameters.ts';

/** What a route says of itself; its check and its page in openapi.json derive from it. */
export interface RouteSchema {
  summary: string;
  /** Parts of the address, e.g. `:slug`. */
  params?: ParametersSchema;
  querystring?: ParametersSchema;
  body?: ParametersSchema;
  /** What it answers: a type of contract.ts, or words. */
  answer: string;
  /** Content type of the answer; JSON unless given. */
  type?: string;
}

/** Collects the routes of `/api/v1` and the health routes as they are added, for openapi.json. */
export class ApiDescription {
  readonly #version: string;
  readonly #paths: Record<string, Record<string, unknown>> = {};

  constructor(version: string) {
    this.#version = version;
  }

  /** Fastify's onRoute hook; routes that declare no summary are not part of the API. */
  add({ method, url, schema }: Pick<RouteOptions, 'method' | 'url' | 'schema'>): void {
    const said = schema as Partial<RouteSchema> | undefined;
    if (said?.summary === undefined) return;
    for (const verb of [method].flat())
      if (verb !== 'HEAD') (this.#paths[url.replace(/:(\w+)/g, '{$1}')] ??= {})[verb.toLowerCase()] = describe(said as RouteSchema);
  }

  /** The OpenAPI 3.1 document. */
  document(): Record<string, unknown> {
    return {
      openapi: '3.1.0',
      info: {
        title: 'Heed',
        version: this.#version,
        description: 'Times are milliseconds since 1970 unless a parameter says that it reads them as /render does.',
      },
      security: [{}, { token: [] }, { session: [] }],
      paths: this.#paths,
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token in HEED_TOKEN, or one of /api/v1/tokens; not asked for on loopback while nobody signs in, unless HEED_AUTH=required.',
          },
          session: { type: 'apiKey', in: 'cookie', name: 'heed_session', description: 'What POST /api/v1/session sets.' },
        },
        schemas: {
          ErrorAnswer: {
            type: 'object',
            required: ['error'],
            properties: { error: { type: 'object', required: ['code', 'message'], properties: { code: { type: 'string' }, message: { type: 'string' } } } },
          },
        },
      },
    };
  }
}

function describe({ summary, params, querystring, body, answer, type = 'application/json' }: RouteSchema): Record<string, unknown> {
  return {
    summary,
    parameters: [...parametersOf('path', params), ...parametersOf('query', querystring)],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: { description: answer, content: { [type]: {} } },
      default: { description: 'Why not.', content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorAnswer' } } } },
    },
  };
}

function parametersOf(place: 'path' | 'query', schema: ParametersSchema | undefined): unknown[] {
  return Object.entries(schema?.properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    description,
    required: schema?.required?.includes(name) ?? false,
    schema: plain(rest),
  }));
}

/** Limits of a list's items stand with the list in ours, with the items in OpenAPI. */
function plain({ minLength, maxLength, items, ...rest }: Omit<Parameter, 'description'>): Record<string, unknown> {
  const lengths = { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) };
  return rest.type === 'array' ? { ...rest, items: { ...items, ...lengths } } : { ...rest, ...lengths };
}
