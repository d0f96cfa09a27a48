/**
 * Offers events of one key over HTTP at a rate, whatever is answered, and prints what became of them as JSON. Requests are made beforehand and
 * written without waiting for answers; what would wait longer on its connection is not sent and counted as held back.
 * node bench/load/sentry.ts --port 4400 --project 1 --key KEY --rate 50000 --secs 10
 */
import { connect, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { envelopes } from './envelopes.ts';

const names = ['port', 'project', 'key', 'rate', 'secs'] as const;
const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])) });
const { port, project, key, rate, secs } = values as Record<(typeof names)[number], string>;
const CONNECTIONS = 500;
const DIFFERENT = 4000;
/** Requests of a connection that are not answered yet. */
const MOST_WAITING = 1;

const source = envelopes(project, key);
const requests = Array.from({ length: DIFFERENT }, () => (source.next().value as { request: Buffer }).request);
const statuses: Record<string, number> = {};
let [sent, heldBack] = [0, 0];
/** Of the first answer of 429, as SDKs read it. */
let backOff: Record<string, string | undefined> = {};

class Connection {
  waiting = 0;
  readonly socket: Socket;
  #rest = '';

  constructor(ready: () => void, fail: (error: Error) => void) {
    this.socket = connect(Number(port), '127.0.0.1', ready).setNoDelay().on('error', fail);
    this.socket.on('data', (data: Buffer) => {
      this.#rest += data.toString('latin1');
      while (this.#answer());
    });
  }

  #answer(): boolean {
    const head = this.#rest.indexOf('\r\n\r\n');
    if (head < 0) return false;
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'im').exec(this.#rest.slice(0, head))?.[1].trim();
    const end = head + 4 + Number(field('content-length') ?? 0);
    if (this.#rest.length < end) return false;
    const status = this.#rest.slice(9, 12);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === '429' && Object.keys(backOff).length === 0)
      backOff = { 'retry-after': field('retry-after'), 'x-sentry-rate-limits': field('x-sentry-rate-limits'), 'x-sentry-error': field('x-sentry-error') };
    this.waiting--;
    this.#rest = this.#rest.slice(end);
    return true;
  }
}

const connections = await Promise.all(
  Array.from(
    { length: CONNECTIONS },
    () =>
      new Promise<Connection>((resolve, reject) => {
        const one: Connection = new Connection(() => resolve(one), reject);
      }),
  ),
);
const start = performance.now();
for (let offered = 0; ;) {
  const elapsed = performance.now() - start;
  if (elapsed > Number(secs) * 1000) break;
  for (const due = (elapsed / 1000) * Number(rate); offered < due; offered++) {
    const one = connections[offered % CONNECTIONS];
    if (one.waiting >= MOST_WAITING) {
      heldBack++;
      continue;
    }
    one.waiting++;
    sent++;
    one.socket.write(requests[offered % DIFFERENT]);
  }
  await wait(1);
}
const elapsed = (performance.now() - start) / 1000;
console.log(JSON.stringify({ offered: (sent + heldBack) / elapsed, sent: sent / elapsed, statuses, backOff }));
process.exit(0);
