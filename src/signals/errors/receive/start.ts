import { Worker } from 'node:worker_threads';
import type { HeedConfig } from '../../../core/config/config.ts';
import type { ProjectSettings } from '../../../core/project.ts';
import { HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import type { Digest, FromIngest, IngestWorkerData, Received, ToIngest } from './messages.ts';

/** The ingest worker, seen from the main thread. */
export interface Ingest {
  /**
   * Hands a request over; its body is gone then.
   * @throws HeedError `busy` (429) when more wait than may
   */
  digest(request: Received, settings: ProjectSettings): Promise<Digest>;
  /** Bytes free on the disk, of which a project may use a share in a day. */
  room(diskFree: number): void;
  stop(): Promise<void>;
}

const MOST_WAITING = 1000;
const MOST_WAITING_BYTES = 64_000_000;
/** Check-ins are alarms: they find room where nothing else does. */
const MOST_CHECK_INS = 2000;

const YOUNG_MEGABYTES = 32;

/** The ingest worker; its thread starts with the first request. */
export function prepareIngest(limits: HeedConfig['errorsOptions'], diskFree: number): Ingest {
  const waiting = new Map<number, { bytes: number; done: PromiseWithResolvers<Digest> }>();
  let free = diskFree;
  let worker: Worker | undefined;
  let bytesWaiting = 0;
  let lastNumber = 0;
  /** By project: what the thread knows. */
  let told = new Map<number, ProjectSettings>();

  function start(): Worker {
    const workerData: IngestWorkerData = { limits, diskFree: free };
    const started = new Worker(new URL('worker.ts', import.meta.url), {
      name: 'heed ingest',
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    started.on('message', ({ number, digest }: FromIngest) => settle(number)?.resolve(digest));
    // E.g. out of memory: those who wait are told, and the next request starts another thread.
    started.once('error', (error) => log.error({ err: error }, 'the ingest worker ended'));
    started.once('exit', () => {
      worker = undefined;
      told = new Map();
      const ended = new HeedError('busy', 'cannot take the request: its reader ended; send it again later', { status: 429 });
      for (const number of waiting.keys()) settle(number)?.reject(ended);
    });
    return started;
  }

  function settle(number: number): PromiseWithResolvers<Digest> | undefined {
    const found = waiting.get(number);
    waiting.delete(number);
    bytesWaiting -= found?.bytes ?? 0;
    return found?.done;
  }

  return {
    digest(request, settings) {
      const isFull = waiting.size >= MOST_WAITING || bytesWaiting + request.body.length > MOST_WAITING_BYTES;
      if (isFull && (request.door !== 'check_in' || waiting.size >= MOST_CHECK_INS))
        throw new HeedError('busy', 'cannot take the request: too many wait to be read; send it again later', { status: 429 });
      worker ??= start();
      const { id } = request.project;
      if (told.get(id) !== settings) {
        told.set(id, settings);
        worker.postMessage({ do: 'settings', project: id, settings } satisfies ToIngest);
      }
      const entry = { bytes: request.body.length, done: Promise.withResolvers<Digest>() };
      waiting.set(++lastNumber, entry);
      bytesWaiting += entry.bytes;
      worker.postMessage({ do: 'digest', number: lastNumber, request } satisfies ToIngest, [request.body.buffer as ArrayBuffer]);
      return entry.done.promise;
    },
    room(diskFree) {
      free = diskFree;
      worker?.postMessage({ do: 'room', diskFree } satisfies ToIngest);
    },
    async stop() {
      await worker?.terminate();
    },
  };
}
