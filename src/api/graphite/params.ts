import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HeedError } from '../../core/errors.ts';

/** Parameters of a request by name, from the query string and the body together, all as text. */
export type Params = Record<string, string[]>;

/** Forms of both kinds come as the text of a form and are read by `paramsOf`; so does all that is not called JSON, as what tools call their bodies is no guide. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser(['application/x-www-form-urlencoded', '*'], { parseAs: 'string' }, (_, body, done) => done(null, body));
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, async ({ headers }: FastifyRequest, body: Buffer<ArrayBuffer>) =>
    fieldsOf(body, headers),
  );
}

/** The fields of a form in parts as the text of a form; files are left out. @throws HeedError `bad_parameter` */
async function fieldsOf(body: Buffer<ArrayBuffer>, headers: FastifyRequest['headers']): Promise<string> {
  const form = await new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData().catch(() => {
    throw badBody('its form has no parts that can be told apart');
  });
  const fields = [...form].filter((field): field is [string, string] => typeof field[1] === 'string');
  return new URLSearchParams(fields).toString();
}

/**
 * All parameters of a request. A form adds to the query string, and so do the fields of a JSON object; `name[]` is the same
 * as `name`, except for a template's variables.
 * @throws HeedError `bad_parameter` when a JSON body is no object of texts, numbers and lists of them
 */
export function paramsOf(request: FastifyRequest): Params {
  const params = Object.create(null) as Params;
  const url = request.raw.url ?? '';
  const question = url.indexOf('?');
  if (question >= 0) addForm(params, url.slice(question + 1));
  if (typeof request.body === 'string') addForm(params, request.body);
  else if (request.body !== undefined && request.body !== null) addFields(params, request.body);
  return params;
}

function addForm(params: Params, form: string): void {
  for (const [name, value] of new URLSearchParams(form)) add(params, name, value);
}

function addFields(params: Params, body: unknown): void {
  if (typeof body !== 'object' || Array.isArray(body)) throw badBody('a JSON object is needed');
  for (const [name, value] of Object.entries(body as Record<string, unknown>)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean')
        throw badBody(`'${name}' must be a text, a number or a list of them`);
      add(params, name, String(item));
    }
  }
}

function badBody(why: string): HeedError {
  return new HeedError('bad_parameter', `cannot read the request's body: ${why}`);
}

function add(params: Params, name: string, value: string): void {
  const plain = name.endsWith('[]') ? name.slice(0, -2) : name;
  (params[plain] ??= []).push(value);
}

/** The value of a parameter that has one; said twice, the last counts, and a form's counts before the query string's. */
export const lastOf = (params: Params, name: string): string | undefined => params[name]?.at(-1);

/** A parameter that must be there. @throws HeedError `bad_parameter` */
export function required(params: Params, name: string): string {
  const value = lastOf(params, name);
  if (value === undefined || value === '') throw new HeedError('bad_parameter', `cannot answer: parameter '${name}' is missing`);
  return value;
}

/** A parameter that is set to something other than 0. */
export function isOn(params: Params, name: string): boolean {
  const value = lastOf(params, name);
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/** A count, at most `most`. @throws HeedError `bad_parameter` */
export function countOf(params: Params, name: string, fallback: number, most: number): number {
  const text = lastOf(params, name);
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text)) throw new HeedError('bad_parameter', `cannot answer: '${name}' must be a whole number`);
  return Math.min(Number(text), most);
}
