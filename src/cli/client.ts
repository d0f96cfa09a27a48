import { causeOf, HeedError } from '../core/errors.ts';
import type { ErrorAnswer } from '../api/contract.ts';
import type { CommandIo } from '../core/define.ts';

/** Talks to the running server at HEED_URL with HEED_TOKEN. */
export class ServerClient {
  readonly url: string;
  readonly #token: string | undefined;
  readonly #signal: AbortSignal;

  constructor(io: CommandIo) {
    this.url = (io.env.HEED_URL || 'http://127.0.0.1:4400').replace(/\/+$/, '');
    this.#token = io.env.HEED_TOKEN;
    this.#signal = io.signal;
  }

  /**
   * One request; the answer's body is not read yet.
   * @throws HeedError `unreachable` when no server answers, or the server's own error
   */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#token) headers.set('authorization', `Bearer ${this.#token}`);
    let response: Response;
    try {
      response = await fetch(this.url + path, { ...init, headers, signal: this.#signal });
    } catch (error) {
      if (this.#signal.aborted) throw error;
      const cause = error instanceof Error && error.cause ? causeOf(error.cause) : causeOf(error);
      throw new HeedError('unreachable', `cannot reach ${this.url}: ${cause || 'no answer'}; is heed serve running? HEED_URL says where`);
    }
    if (response.ok) return response;
    const text = await response.text();
    let message = text.slice(0, 500);
    let code = `http_${response.status}`;
    try {
      const { error } = JSON.parse(text) as ErrorAnswer;
      message = error.message;
      code = error.code;
    } catch {
      // A plain text answer is the message.
    }
    throw new HeedError(code, message || `cannot use ${path}: the server answered ${response.status}`, { status: response.status });
  }

  async json<Answer>(path: string, init?: RequestInit): Promise<Answer> {
    return (await (await this.request(path, init)).json()) as Answer;
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.json<Answer>(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  }
}
