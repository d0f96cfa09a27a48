import { Worker } from 'node:worker_threads';
import { log } from '../../../core/log.ts';
import type { FromMapper, MapAnswer, MapQuestion, ToMapper } from './messages.ts';

/** The thread that reads source maps, seen from the main thread. */
export interface Mapper {
  /** Never rejects: what kept places from being found is the answer. */
  find(question: MapQuestion): Promise<MapAnswer>;
  /** Starts the thread now, so that the first question does not wait for it. */
  warm(): void;
  stop(): Promise<void>;
}

const MOST_WAITING = 100;
const LONGEST_MS = 15_000;
const MEGABYTES = 1024;

/** The thread starts with the first question, or before it when there are maps; one that takes too long or too much memory ends it, and the next starts another. */
export function prepareMapper(): Mapper {
  const waiting = new Map<number, (answer: MapAnswer) => void>();
  let worker: Worker | undefined;
  let lastNumber = 0;

  function start(): Worker {
    const started = new Worker(new URL('worker.ts', import.meta.url), { name: 'heed maps', resourceLimits: { maxOldGenerationSizeMb: MEGABYTES } });
    started.on('message', ({ number, answer }: FromMapper) => waiting.get(number)?.(answer));
    started.once('error', (error) => log.error({ err: error }, 'the reader of source maps ended'));
    started.once('exit', () => {
      if (worker === started) worker = undefined;
      for (const answer of waiting.values()) answer({ problem: 'the reader of source maps ended; it may be too large' });
    });
    started.unref();
    return started;
  }

  return {
    find(question) {
      if (waiting.size >= MOST_WAITING) return Promise.resolve({ problem: 'too many source maps are being read; look again later' });
      worker ??= start();
      const { promise, resolve } = Promise.withResolvers<MapAnswer>();
      const number = ++lastNumber;
      const timer = setTimeout(() => void worker?.terminate(), LONGEST_MS);
      waiting.set(number, (answer) => {
        clearTimeout(timer);
        waiting.delete(number);
        resolve(answer);
      });
      worker.postMessage({ number, question } satisfies ToMapper);
      return promise;
    },
    warm() {
      worker ??= start();
    },
    async stop() {
      await worker?.terminate();
    },
  };
}
