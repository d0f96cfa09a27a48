import { HeedError } from '../../core/errors.ts';
import { isScope, SCOPES, type Scope } from '../../core/scopes.ts';
import type { Token } from '../../store/catalog/tokens.ts';
import type { Routes } from '../context.ts';
import type { NewTokenAnswer, TokenItem, TokensAnswer } from '../contract-tokens.ts';
import { actorOf } from '../issues/actor.ts';
import type { RouteSchema } from '../openapi.ts';
import { note } from '../people/note.ts';
import { newToken } from '../security/tokens.ts';

const list: RouteSchema = { summary: 'Tokens that programs ask with, without the tokens themselves.', answer: 'TokensAnswer' };
const add: RouteSchema = {
  summary: 'Makes a token. Only this answer tells it.',
  body: {
    type: 'object',
    properties: {
      label: { type: 'string', minLength: 1, maxLength: 100, description: 'Who uses it, e.g. GitLab CI.' },
      scopes: { type: 'array', items: { type: 'string' }, maxItems: 20, maxLength: 40, description: 'What it may, e.g. org:ci.' },
    },
    required: ['label', 'scopes'],
  },
  answer: 'NewTokenAnswer',
};
const remove: RouteSchema = {
  summary: 'Revokes a token: from then on nobody is let in by it.',
  params: { type: 'object', properties: { id: { type: 'integer', description: 'Its number.' } } },
  answer: '{ removed }: the token that went.',
};

export const tokensRoutes: Routes = (app, { deps }) => {
  const { tokens } = deps.catalog;
  app.get('/api/v1/tokens', { schema: list }, async (): Promise<TokensAnswer> => ({
    tokens: (await tokens.list()).map(shown),
    scopes: Object.entries(SCOPES).map(([scope, about]) => ({ scope: scope as Scope, about })),
  }));

  app.post<{ Body: { label: string; scopes: string[] } }>('/api/v1/tokens', { schema: add, bodyLimit: 10_000 }, async (request, reply) => {
    const label = request.body.label.trim();
    if (label === '') throw new HeedError('bad_name', 'cannot make a token: say who uses it, e.g. GitLab CI');
    const { token, hash, ending } = newToken(`${request.protocol}://${request.host}`, Date.now());
    const made = await tokens.add({ label, ending, scopes: scopesOf(request.body.scopes), createdBy: actorOf(request) }, hash);
    await note(deps.catalog.audit, request, 'token made', `${label}: ${made.scopes.join(', ')}`);
    reply.code(201);
    return { ...shown(made), token } satisfies NewTokenAnswer;
  });

  app.delete<{ Params: { id: number } }>('/api/v1/tokens/:id', { schema: remove }, async (request) => {
    const { id } = request.params;
    const found = (await tokens.list()).find((token) => token.id === id);
    if (!found || !(await tokens.remove(id))) throw new HeedError('not_found', `cannot revoke token ${id}: there is none`, { status: 404 });
    await note(deps.catalog.audit, request, 'token revoked', found.label);
    return { removed: shown(found) };
  });
};

function scopesOf(names: readonly string[]): Scope[] {
  const known = `known are ${Object.keys(SCOPES).join(', ')}`;
  const odd = names.find((name) => !isScope(name));
  if (odd !== undefined) throw new HeedError('bad_scope', `cannot make a token: there is no scope '${odd}'; ${known}`);
  if (names.length === 0) throw new HeedError('bad_scope', `cannot make a token: it needs a scope; ${known}`);
  return [...new Set(names.filter(isScope))];
}

const shown = ({ used, ...token }: Token): TokenItem => ({ ...token, used: used ?? null });
