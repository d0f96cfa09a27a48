import type { NewTokenAnswer, TokensAnswer } from '../../src/api/contract-tokens.ts';
import type { Scope } from '../../src/core/scopes.ts';
import { askJson, sendJson } from './api.ts';

export const askTokens = (signal?: AbortSignal): Promise<TokensAnswer> => askJson('/api/v1/tokens', signal);

export const addToken = async (label: string, scopes: readonly Scope[]): Promise<NewTokenAnswer> =>
  (await sendJson('POST', '/api/v1/tokens', { label, scopes })).json() as Promise<NewTokenAnswer>;

export const revokeToken = async (id: number): Promise<void> => void (await sendJson('DELETE', `/api/v1/tokens/${id}`));
