import { createRequire } from 'node:module';
import type Pino from 'pino';

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;
type Level = keyof typeof LEVELS;

const LEAST: number = LEVELS[process.env.HEED_LOG as Level] ?? LEVELS.warn;
let logger: Pino.Logger | undefined;

// Pino is ten megabytes in every thread that loads it, and most threads never have anything to say.
function make(): Pino.Logger {
  const pino = createRequire(import.meta.url)('pino') as typeof Pino;
  return pino({ level: 'debug', base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}

function at(level: Level): (about: unknown, message?: string) => void {
  return (about, message) => {
    if (LEVELS[level] < LEAST) return;
    logger ??= make();
    logger[level](about, message);
  };
}

/** Structured log of the server on standard error, from HEED_LOG (warn) on; standard output carries only what the operations contract promises. */
export const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
