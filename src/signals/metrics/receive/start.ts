import { Worker, type MessagePort } from 'node:worker_threads';
import type { HeedConfig } from '../../../core/config/config.ts';
import { HeedError } from '../../../core/errors.ts';
import type { Fact } from '../../../core/fact.ts';
import type { Listening } from '../context.ts';
import type { EchoNote } from '../echo.ts';
import type { DestinationState } from '../forward/sender.ts';
import type { Answers, FromReceive, Question, ReceiveWorkerData, ToReceive } from './messages.ts';

/** The running receive worker, seen from the main thread. */
export interface Receiver {
  /** What is bound, with real ports. */
  listening: Listening[];
  /** The last packets as they came, with ids above `after`. */
  echo(after: number): Promise<EchoNote[]>;
  /** Names that StatsD aggregates at present. */
  seriesInUse(): Promise<number>;
  /** How the other carbons fare that get copies. */
  forwarding(): Promise<DestinationState[]>;
  /** Takes what the kernel still holds, flushes the running interval into the store, closes sockets and ends the thread. */
  stop(): Promise<void>;
}

/** The thread keeps little that is short-lived; Node's default would let it hold on to much more. */
const YOUNG_MEGABYTES = 16;

/** A stop that takes longer (the store takes nothing) ends the thread as it is. */
const STOP_MS = 8000;

/**
 * Starts the thread that owns every metrics socket. `points` is a port of the points store for that thread.
 * @throws HeedError `cannot_listen` when an address is taken; nothing stays open then
 */
export async function startReceiver(options: {
  config: HeedConfig;
  points: MessagePort;
  counters: SharedArrayBuffer;
  onFact(fact: Fact): void;
}): Promise<Receiver> {
  const { config, points, counters } = options;
  const workerData: ReceiveWorkerData = { config, points, counters };
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    name: 'heed receive',
    workerData,
    transferList: [points],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const send = (message: ToReceive): void => worker.postMessage(message);
  const waiting = new Map<number, (value: unknown) => void>();
  let ended = false;
  let lastId = 0;
  const ready = Promise.withResolvers<Listening[]>();
  worker.on('message', (message: FromReceive) => {
    if (message.type === 'facts') {
      for (const fact of message.facts) options.onFact(fact);
      send({ type: 'factsTaken', count: message.facts.length });
    } else if (message.type === 'answer') {
      waiting.get(message.id)?.(message.value);
      waiting.delete(message.id);
    } else if (message.type === 'ready') ready.resolve(message.listening);
    else ready.reject(new HeedError(message.code, message.message, { status: message.status }));
  });
  worker.once('error', ready.reject);
  worker.once('exit', () => {
    ended = true;
    for (const answer of waiting.values()) answer(undefined);
    ready.reject(new HeedError('cannot_start', 'cannot start receiving: the thread ended'));
  });
  const ask = <Name extends Question['ask']>(question: Question & { ask: Name }): Promise<Answers[Name] | undefined> => {
    if (ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      waiting.set(++lastId, resolve as (value: unknown) => void);
      send({ type: 'ask', id: lastId, question });
    });
  };
  const listening = await ready.promise.catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  // From here on an error of the thread is a bug and ends the process.
  worker.off('error', ready.reject);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const late = setTimeout(() => void worker.terminate(), STOP_MS);
    await ask({ ask: 'stop' });
    clearTimeout(late);
    await worker.terminate();
  };
  return {
    listening,
    echo: async (after) => (await ask({ ask: 'echo', after })) ?? [],
    forwarding: async () => (await ask({ ask: 'forwarding' })) ?? [],
    seriesInUse: async () => (await ask({ ask: 'seriesInUse' })) ?? 0,
    stop: () => (stopped ??= stop()),
  };
}
