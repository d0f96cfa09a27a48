import pino from 'pino';

/** Structured log of the server on standard error; standard output carries only what the operations contract promises. */
export const log = pino(
  { level: process.env.HEED_LOG ?? 'warn', base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
  pino.destination({ dest: 2, sync: true }),
);
