import { connect } from 'node:net';
import { envelopes } from '../load/envelopes.ts';
import { startHeed } from '../peers/heed.ts';
import { median, printMeasurements } from '../table.ts';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const CONNECTIONS = 32;
const EVENTS = 10_000;
const WARM_UP = 3000;
const ROUNDS = 3;

/** One connection that asks again as soon as it is answered; gives the milliseconds that each answer took. */
function drive(port: number, next: () => Buffer | undefined): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const socket = connect(port, '127.0.0.1');
    let start = 0;
    let text = '';
    const ask = (): void => {
      const request = next();
      if (request === undefined) {
        socket.end();
        return resolve(times);
      }
      start = performance.now();
      text = '';
      socket.write(request);
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
  const source = envelopes('1', KEY);
  const take = (count: number): { request: Buffer; json: number }[] =>
    Array.from({ length: count }, () => source.next().value as { request: Buffer; json: number });
  const run = async (connections: number, all: { request: Buffer }[]): Promise<{ rate: number; cpu: number; times: number[] }> => {
    let sent = 0;
    const [start, cpu] = [performance.now(), server.child.cpuSeconds()];
    const port = server.ports.http as number;
    const each = await Promise.all(Array.from({ length: connections }, () => drive(port, () => all[sent++]?.request)));
    const seconds = (performance.now() - start) / 1000;
    return { rate: all.length / seconds, cpu: (server.child.cpuSeconds() - cpu) / all.length, times: each.flat().toSorted((a, b) => a - b) };
  };
  await run(CONNECTIONS, take(WARM_UP));
  const rounds = [];
  let json = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const all = take(EVENTS);
    json = all.reduce((sum, one) => sum + one.json, 0) / all.length;
    rounds.push(await run(CONNECTIONS, all));
  }
  const alone = await run(1, take(WARM_UP));
  const { process } = await server.now();
  const at = (list: number[], share: number): number => list[Math.floor(list.length * share)];
  const ms = { unit: 'ms', better: 'less' } as const;
  printMeasurements(`Events of ${(json / 1000).toFixed(1)} kB of JSON (gzip) of 500 issues, by ${CONNECTIONS} connections, written before they are answered`, [
    { what: 'taken', values: { heed: median(rounds.map(({ rate }) => rate)) }, unit: 'events/s', better: 'more', goal: '2,500' },
    { what: 'processor time an event, all threads', values: { heed: median(rounds.map(({ cpu }) => cpu)) * 1e6 }, unit: 'µs', better: 'less', goal: '500' },
    { what: 'answer, p50', values: { heed: median(rounds.map(({ times }) => at(times, 0.5))) }, ...ms, goal: '30' },
    { what: 'answer, p99', values: { heed: median(rounds.map(({ times }) => at(times, 0.99))) }, ...ms, goal: '50' },
    { what: 'answer to one connection, p50', values: { heed: at(alone.times, 0.5) }, ...ms, goal: '5' },
    { what: 'answer to one connection, p99', values: { heed: at(alone.times, 0.99) }, ...ms, goal: '20' },
    { what: 'memory', values: { heed: process.rss / 1e6 }, unit: 'MB', better: 'less', goal: '400' },
  ]);
  await server.stop();
}
