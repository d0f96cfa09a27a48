import type { Scope } from '../core/scopes.ts';

/** Types of what the HTTP API answers of tokens; the screens and the terminal read these. Times are milliseconds. */

/** `GET /api/v1/tokens`: the newest first. */
export interface TokensAnswer {
  tokens: TokenItem[];
  /** All that there are, with what each is good for. */
  scopes: { scope: Scope; about: string }[];
}

export interface TokenItem {
  id: number;
  label: string;
  /** Its last four characters. */
  ending: string;
  scopes: Scope[];
  created: number;
  createdBy: string;
  /** To the hour; null when never. */
  used: number | null;
}

/** `POST /api/v1/tokens`: the only answer that has the token itself. */
export interface NewTokenAnswer extends TokenItem {
  token: string;
}
