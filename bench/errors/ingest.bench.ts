import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { startHeed } from '../peers/heed.ts';
import { printMeasurements } from '../table.ts';
import { parseEnvelope } from '../../src/signals/errors/wire/envelope.ts';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const CAPTURED = new URL('../../src/signals/errors/captured/py-1.9.10-002.bin', import.meta.url);
const ISSUES = 500;
const CONNECTIONS = 32;
/** So many that an event has 8 kB. */
const BREADCRUMBS = 90;
const EVENTS = 10_000;
const WARM_UP = 1000;

interface PythonEvent {
  event_id?: string;
  breadcrumbs?: unknown;
  exception: { values: { type: string; stacktrace: { frames: { function: string; filename: string; in_app: boolean }[] } }[] };
}

/** Events as a Python client sent one, of as many issues: whole HTTP requests. */
function requests(): Buffer[] {
  const { header, items } = parseEnvelope(gunzipSync(readFileSync(CAPTURED)));
  const sent = Buffer.from(items[0].payload).toString();
  return Array.from({ length: ISSUES }, (_, issue) => {
    const event = JSON.parse(sent) as PythonEvent;
    delete event.event_id;
    event.breadcrumbs = { values: Array.from({ length: BREADCRUMBS }, (_, index) => breadcrumb(issue, index)) };
    for (const { stacktrace } of event.exception.values)
      for (const frame of stacktrace.frames) Object.assign(frame, { function: `${frame.function}_${word(issue)}`, in_app: true });
    const body = gzipSync(`${JSON.stringify({ sdk: header.sdk })}\n{"type":"event"}\n${JSON.stringify(event)}\n`);
    const head = `POST /api/1/envelope/?sentry_key=${KEY} HTTP/1.1\r\nHost: bench\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  });
}

/** Ids do not compress. */
function breadcrumb(issue: number, index: number): object {
  const id = hash('sha256', `${issue} ${index}`).slice(0, 48);
  return {
    type: 'http',
    category: 'httplib',
    timestamp: 1_763_800_000 + index,
    data: { url: `http://127.0.0.1/carts/${id}`, method: 'GET', status_code: 200 },
  };
}

/** Letters only, as numbers in names of functions are all the same to grouping. */
const word = (issue: number): string => issue.toString(26).replace(/[0-9]/g, (digit) => 'qrstuvwxyz'[Number(digit)]);

/** One connection that asks again as soon as it is answered; gives the milliseconds that each answer took. */
function drive(port: number, all: readonly Buffer[], next: () => number | undefined): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const socket = connect(port, '127.0.0.1');
    let start = 0;
    let text = '';
    const ask = (): void => {
      const index = next();
      if (index === undefined) {
        socket.end();
        return resolve(times);
      }
      start = performance.now();
      text = '';
      socket.write(all[index % all.length]);
    };
    socket.setNoDelay().on('connect', ask).on('error', reject);
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1');
      if (!text.endsWith('}')) return;
      if (!text.startsWith('HTTP/1.1 200')) return reject(new Error(text));
      times.push(performance.now() - start);
      ask();
    });
  });
}

/** Events a second that are taken, grouped and written, each answered when it is; and how long an answer takes. */
export async function bench(): Promise<void> {
  const server = await startHeed('0,1', {
    env: { HEED_DSN_KEY: KEY, HEED_ERRORS_OPTIONS_MOST_PER_MINUTE: '100000000', HEED_ERRORS_OPTIONS_DAY_PERCENT_OF_DISK: '100' },
  });
  const all = requests();
  const run = async (connections: number, events: number): Promise<{ seconds: number; times: number[] }> => {
    let sent = 0;
    const start = performance.now();
    const each = await Promise.all(
      Array.from({ length: connections }, () => drive(server.ports.http as number, all, () => (sent < events ? sent++ : undefined))),
    );
    return { seconds: (performance.now() - start) / 1000, times: each.flat().toSorted((a, b) => a - b) };
  };
  await run(CONNECTIONS, WARM_UP);
  const { seconds, times } = await run(CONNECTIONS, EVENTS);
  const alone = await run(1, WARM_UP);
  const size = Math.round(all.reduce((sum, { length }) => sum + length, 0) / all.length / 100) / 10;
  const at = (list: number[], share: number): number => list[Math.floor(list.length * share)];
  printMeasurements(`Events of ${size} kB (gzip) of ${ISSUES} issues, by ${CONNECTIONS} connections, written before they are answered`, [
    { what: 'taken', values: { heed: EVENTS / seconds }, unit: 'events/s', better: 'more', goal: '1,000' },
    { what: 'answer, p50', values: { heed: at(times, 0.5) }, unit: 'ms', better: 'less', goal: '30' },
    { what: 'answer, p99', values: { heed: at(times, 0.99) }, unit: 'ms', better: 'less', goal: '100' },
    { what: 'answer to one connection, p50', values: { heed: at(alone.times, 0.5) }, unit: 'ms', better: 'less', goal: '5' },
    { what: 'answer to one connection, p99', values: { heed: at(alone.times, 0.99) }, unit: 'ms', better: 'less', goal: '20' },
    { what: 'memory', values: { heed: (await server.now()).process.rss / 1e6 }, unit: 'MB', better: 'less', goal: '400' },
  ]);
  await server.stop();
}
