import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Allowance } from './allowance.ts';
import { digest } from './digest.ts';
import { begin } from './digesting.ts';
import type { FromIngest, IngestWorkerData, ToIngest } from './messages.ts';
import { readUserAgent } from './read-user-agent.ts';
import { Sessions } from './sessions.ts';
import { ToolsByProject } from './tools.ts';

// The ingest worker: reads what Sentry's clients send, one request after the other, so that no more than one is inflated.

const port = parentPort as NonNullable<typeof parentPort>;
const { limits, diskFree } = workerData as IngestWorkerData;
const tools = new ToolsByProject(readUserAgent);
const parts = {
  allowance: new Allowance(limits, diskFree),
  sessions: new Sessions(),
  newId: () => randomBytes(16).toString('hex'),
};

/** Requests that are answered together, so that others can work on those meanwhile. */
const MOST_TOGETHER = 8;

let last = Promise.resolve();

port.on('message', (messages: readonly ToIngest[]) => {
  last = last.then(() => readAll(messages));
});

async function readAll(messages: readonly ToIngest[]): Promise<void> {
  let digests: FromIngest[] = [];
  const send = (): void => {
    const transfer = digests.flatMap(({ digest: { attachments } }) => attachments.map(({ content }) => content.buffer as ArrayBuffer));
    port.postMessage(digests, transfer);
    digests = [];
  };
  for (const message of messages) {
    if (message.do === 'room') parts.allowance.diskFree = message.diskFree;
    else if (message.do === 'settings') tools.set(message.project, message.settings);
    else {
      const { number, request } = message;
      digests.push({ number, digest: await digest(begin(request, { ...parts, tools: tools.of(request.project.id) })) });
      if (digests.length >= MOST_TOGETHER) send();
    }
  }
  if (digests.length > 0) send();
}
