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

let last = Promise.resolve();

port.on('message', (message: ToIngest) => {
  if (message.do === 'room') parts.allowance.diskFree = message.diskFree;
  else if (message.do === 'settings') tools.set(message.project, message.settings);
  else last = last.then(() => answer(message));
});

async function answer({ number, request }: ToIngest & { do: 'digest' }): Promise<void> {
  const digested = await digest(begin(request, { ...parts, tools: tools.of(request.project.id) }));
  port.postMessage(
    { number, digest: digested } satisfies FromIngest,
    digested.attachments.map(({ content }) => content.buffer as ArrayBuffer),
  );
}
