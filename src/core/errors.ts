/**
 * An error with a stable code, whose message reads `cannot <verb> <object>: <cause>`.
 * `status` is the HTTP status that the API answers when it reaches a client.
 */
export class HeedError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'HeedError';
    this.code = code;
    this.status = options.status ?? 400;
  }
}

/** The message of anything thrown, for use after `cannot <verb> <object>: `. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Ends a branch that only a bug can reach. */
export function mustNot(what: string): never {
  throw new Error(`bug: ${what}`);
}
