import { execFile, type ExecFileException } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Project } from '../../src/api/contract.ts';
import { envelopes } from '../load/envelopes.ts';
import { kernelDrops } from '../process/child.ts';
import { counter, startHeed, type RunningHeed } from '../peers/heed.ts';
import { type Measurement, printMeasurements } from '../table.ts';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const [RATE, SECONDS] = [50_000, 30];
const QUIET_SECONDS = 5;
const STATSD_LINES = 20_000;
/** Between two events of the other project, milliseconds: 20 a second. */
const PACE = 50;
const LOAD = (name: string): string => fileURLToPath(new URL(`../load/${name}.ts`, import.meta.url));

interface Flood {
  offered: number;
  sent: number;
  statuses: Record<string, number>;
  backOff: Record<string, string | undefined>;
}

/** What others notice while one key sends without end: a second project's events, counters by StatsD, memory. */
export async function bench(): Promise<void> {
  const server = await startHeed('0,1', { env: { HEED_DSN_KEY: KEY } });
  const answer = await fetch(`${server.url}/api/v1/projects`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'other' }),
  });
  const other = new Other(server, (await answer.json()) as Project);
  await other.during(wait(QUIET_SECONDS * 1000));
  const quiet = await other.during(wait(QUIET_SECONDS * 1000));
  const before = { resident: server.child.residentBytes(), lines: await counter(server, 'statsd.lines'), kernel: kernelDrops(server.ports.statsd as number) };
  const start = performance.now();
  const resident = { firstHalf: before.resident, secondHalf: 0 };
  const watch = setInterval(() => {
    const half = performance.now() - start < SECONDS * 500 ? 'firstHalf' : 'secondHalf';
    resident[half] = Math.max(resident[half], server.child.residentBytes());
  }, 100);
  const statsd = run('udp', ['--port', String(server.ports.statsd), '--rate', String(STATSD_LINES), '--secs', String(SECONDS)]);
  const flood = run('sentry', ['--port', String(server.ports.http), '--project', '1', '--key', KEY, '--rate', String(RATE), '--secs', String(SECONDS)]);
  const loud = await other.during(flood);
  const [{ offered, sent, statuses, backOff }, { lines }] = [(await flood) as unknown as Flood, (await statsd) as unknown as { lines: number }];
  clearInterval(watch);
  await wait(1000);
  const taken = (await counter(server, 'statsd.lines')) - before.lines;
  const kernel = kernelDrops(server.ports.statsd as number) - before.kernel;

  const ms = { unit: 'ms', better: 'less' } as const;
  const share = (count: number, of: number): number => (count / of) * 100;
  const at = (times: number[], part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))];
  const measurements: Measurement[] = [
    { what: 'offered', values: { heed: offered }, unit: 'events/s', better: 'more', goal: String(RATE) },
    { what: 'of these, read and answered', values: { heed: sent }, unit: 'events/s', better: 'more', goal: 'TCP holds back the rest' },
    { what: "other project's answers, quiet, p50", values: { heed: at(quiet.times, 0.5) }, ...ms, goal: 'for comparison' },
    { what: "other project's answers, quiet, p99", values: { heed: at(quiet.times, 0.99) }, ...ms, goal: 'for comparison' },
    { what: "other project's answers, flooded, p50", values: { heed: at(loud.times, 0.5) }, ...ms, goal: '100' },
    { what: "other project's answers, flooded, p99", values: { heed: at(loud.times, 0.99) }, ...ms, goal: '1,000' },
    { what: "other project's answers, flooded, slowest", values: { heed: at(loud.times, 1) }, ...ms, goal: '2,000' },
    {
      what: "other project's events taken",
      values: { heed: share(loud.times.length, loud.times.length + loud.refused) },
      unit: '%',
      better: 'more',
      goal: '100',
    },
    { what: 'StatsD lines taken', values: { heed: share(taken, lines) }, unit: '%', better: 'more', goal: '100' },
    { what: 'memory before', values: { heed: before.resident / 1e6 }, unit: 'MB', better: 'less', goal: 'for comparison' },
    { what: 'memory, most in the first half', values: { heed: resident.firstHalf / 1e6 }, unit: 'MB', better: 'less', goal: '600' },
    { what: 'memory, most in the second half', values: { heed: resident.secondHalf / 1e6 }, unit: 'MB', better: 'less', goal: '600' },
  ];
  printMeasurements(`${RATE.toLocaleString('en-US')} events/s offered with one key for ${SECONDS} s, of which 3,000 a minute are kept`, measurements);
  console.log(`  answers: ${JSON.stringify(statuses)}; 429 says ${JSON.stringify(backOff)}; datagrams lost in the kernel: ${kernel}`);
  const { drops } = await server.now();
  console.log(`  counted: ${drops.map(({ counter: name, count }) => `${name} ${count.toLocaleString('en-US')}`).join(', ')}`);
  await server.stop();
}

async function run(name: string, args: string[]): Promise<Record<string, unknown>> {
  try {
    return JSON.parse((await promisify(execFile)(process.execPath, [LOAD(name), ...args])).stdout) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`cannot drive ${name}: ${(error as ExecFileException).message}`, { cause: error });
  }
}

/** A project that behaves. */
class Other {
  readonly #source: ReturnType<typeof envelopes>;
  readonly #url: string;
  readonly #key: string;

  constructor({ url }: RunningHeed, { id, key }: Project) {
    this.#source = envelopes(id, key);
    this.#url = `${url}/api/${id}/envelope/`;
    this.#key = key;
  }

  /** Sends an event after the other until `end`: how long answers took, sorted, and how many were refused. */
  async during(end: Promise<unknown>): Promise<{ times: number[]; refused: number }> {
    const state = { over: false, refused: 0 };
    const ended = end.finally(() => (state.over = true));
    const times: number[] = [];
    while (!state.over) {
      const { request } = this.#source.next().value as { request: Buffer };
      const start = performance.now();
      const answer = await fetch(`${this.#url}?sentry_key=${this.#key}`, {
        method: 'POST',
        headers: { 'content-encoding': 'gzip' },
        body: request.subarray(request.indexOf('\r\n\r\n') + 4) as Uint8Array<ArrayBuffer>,
      });
      await answer.arrayBuffer();
      if (answer.status === 200) times.push(performance.now() - start);
      else state.refused++;
      await wait(PACE);
    }
    await ended;
    return { times: times.toSorted((a, b) => a - b), refused: state.refused };
  }
}
