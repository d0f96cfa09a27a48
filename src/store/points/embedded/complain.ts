/** Logs an error. The log is loaded by the first one: it would be a tenth of what this thread takes while all is well. */
export function complain(error: unknown, message: string): void {
  void import('../../../core/log.ts').then(({ log }) => log.error({ err: error }, `points store: ${message}`));
}
