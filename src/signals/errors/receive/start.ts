import { Worker } from 'node:worker_threads';
import type { HeedConfig } from '../../../core/config/config.ts';
import type { ProjectSettings } from '../../../core/project.ts';
import { HeedError } from '../../../core/errors.ts';
import { Outbox } from '../../../core/outbox.ts';
import { log } from '../../../core/log.ts';
import type { Digest, FromIngest, IngestWorkerData, Received, ToIngest } from './messages.ts';
import { WaitingLine } from './waiting-line.ts';

/** The ingest worker, seen from the main thread. */
export interface Ingest {
  /**
   * Hands a request over when it is its turn; its body is gone then.
   * @throws HeedError `busy` (429) when more wait than may
   */
  digest(request: Received, settings: ProjectSettings): Promise<Digest>;
  /** Bytes free on the disk, of which a project may use a share in a day. */
  room(diskFree: number): void;
  stop(): Promise<void>;
}

const MOST_WAITING = { count: 1000, bytes: 64_000_000 };
/** Check-ins are alarms: they find room where nothing else does. */
const MOST_CHECK_INS = 2000;
/** Handed over at a time: so many that the thread has work for some milliseconds, so few that a project's turn comes soon. */
const MOST_HANDED = 32;
const MOST_HANDED_BYTES = 4_000_000;

const YOUNG_MEGABYTES = 32;

interface Waiting {
  request: Received;
  settings: ProjectSettings;
  done: PromiseWithResolvers<Digest>;
}

/** The ingest worker; its thread starts with the first request. */
export function prepareIngest(limits: HeedConfig['errorsOptions'], diskFree: number): Ingest {
  const line = new WaitingLine<Waiting>(MOST_WAITING);
  /** With the thread, by number. */
  const handed = new Map<number, { bytes: number; done: PromiseWithResolvers<Digest> }>();
  let handedBytes = 0;
  let isStopped = false;
  let free = diskFree;
  let worker: Worker | undefined;
  let lastNumber = 0;
  const outbox = new Outbox<ToIngest>((messages, transfer) => worker?.postMessage(messages, transfer));
  /** By project: what the thread knows. */
  let told = new Map<number, ProjectSettings>();

  function start(): Worker {
    const workerData: IngestWorkerData = { limits, diskFree: free };
    const started = new Worker(new URL('worker.ts', import.meta.url), {
      name: 'heed ingest',
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    started.on('message', (digests: readonly FromIngest[]) => {
      for (const { number, digest } of digests) settle(number)?.resolve(digest);
      handOver();
    });
    // E.g. out of memory: those who wait are told, and the next request starts another thread.
    started.once('error', (error) => log.error({ err: error }, 'the ingest worker ended'));
    started.once('exit', () => {
      worker = undefined;
      told = new Map();
      const ended = new HeedError('busy', 'cannot take the request: its reader ended; send it again later', { status: 429 });
      for (const number of handed.keys()) settle(number)?.reject(ended);
      handOver();
    });
    return started;
  }

  function settle(number: number): PromiseWithResolvers<Digest> | undefined {
    const found = handed.get(number);
    handed.delete(number);
    handedBytes -= found?.bytes ?? 0;
    return found?.done;
  }

  function handOver(): void {
    if (isStopped) return;
    while (handed.size < MOST_HANDED && handedBytes < MOST_HANDED_BYTES) {
      const next = line.next();
      if (next === undefined) return;
      const { request, settings, done } = next;
      worker ??= start();
      const { id } = request.project;
      if (told.get(id) !== settings) {
        told.set(id, settings);
        outbox.push({ do: 'settings', project: id, settings });
      }
      const bytes = request.body.length;
      handed.set(++lastNumber, { bytes, done });
      handedBytes += bytes;
      outbox.push({ do: 'digest', number: lastNumber, request }, [request.body.buffer as ArrayBuffer]);
    }
  }

  return {
    digest(request, settings) {
      const { door, project, body } = request;
      if (!line.hasRoom(project.id, body.length) && (door !== 'check_in' || line.count >= MOST_CHECK_INS))
        throw new HeedError('busy', 'cannot take the request: too many wait to be read; send it again later', { status: 429 });
      const done = Promise.withResolvers<Digest>();
      line.add(project.id, { request, settings, done }, body.length);
      handOver();
      return done.promise;
    },
    room(diskFree) {
      free = diskFree;
      if (worker !== undefined) outbox.push({ do: 'room', diskFree });
    },
    async stop() {
      isStopped = true;
      await worker?.terminate();
    },
  };
}
