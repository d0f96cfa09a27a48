import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { NowAnswer } from '../../src/api/contract.ts';

/** The executable of this checkout. */
export const HEED = fileURLToPath(new URL('../../bin/heed', import.meta.url));

/** A whole `heed serve` on free ports of loopback. */
export interface RunningServer extends AsyncDisposable {
  url: string;
  folder: string;
  process: ChildProcess;
  /** Bound ports by protocol and transport. */
  port(protocol: 'statsd' | 'carbon' | 'pickle' | 'statsd-admin', transport?: 'udp' | 'tcp'): number;
  /** Asks for JSON, with HEED_TOKEN where the server was given one. */
  json<Answer>(path: string, init?: RequestInit): Promise<Answer>;
  /** Standard output and error so far. */
  output(): { stdout: string; stderr: string };
  /** SIGTERM, or another signal; resolves to the exit code (null after a signal). */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A new empty folder below the system's temporary one. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'heed-test-'));
}

/**
 * Starts a server, by `command` or the executable; its folder is removed at disposal unless the caller gave one.
 * @throws when it ends or is not ready within 30 s, with what it printed
 */
export async function startServer(
  options: { command?: string[]; args?: string[]; env?: Record<string, string>; folder?: string; cwd?: string } = {},
): Promise<RunningServer> {
  const [program, ...before] = options.command ?? [HEED, 'serve'];
  const folder = options.folder ?? temporaryFolder();
  const any = '127.0.0.1:0';
  const args = [
    ...before,
    '--data',
    folder,
    '--http',
    any,
    '--statsd',
    any,
    '--carbon',
    any,
    '--pickle',
    any,
    '--statsd-admin',
    any,
    '--flush',
    '1',
    ...(options.args ?? []),
  ];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env }, cwd: options.cwd });
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the server ${why}: ${stdout}${stderr}`));
    const timer = setTimeout(() => fail('is not ready within 30 s'), 30_000);
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
      const ready = /^heed ready (http:\S+)$/m.exec(stdout);
      if (!ready) return;
      clearTimeout(timer);
      resolve(ready[1]);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
  const admin = options.env?.HEED_TOKEN;
  const json = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = admin === undefined ? init.headers : { ...(init.headers as Record<string, string>), authorization: `Bearer ${admin}` };
    const response = await fetch(url + path, { ...init, headers });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const listening = (await json<NowAnswer>('/api/v1/now')).protocols.flatMap(({ name, addresses }) =>
    addresses.map((address) => ({ name, transport: address.split(' ')[0], port: Number(address.replace(/.*:/, '')) })),
  );
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    url,
    folder,
    process: child,
    json,
    stop,
    output: () => ({ stdout, stderr }),
    port(protocol, transport = protocol === 'statsd' ? 'udp' : 'tcp') {
      const found = listening.find((entry) => entry.name === protocol && entry.transport === transport);
      if (!found) throw new Error(`nothing listens for ${protocol} on ${transport}`);
      return found.port;
    },
    async [Symbol.asyncDispose]() {
      await stop();
      if (!options.folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again until the answer satisfies; throws with the last answer after `seconds`. */
export async function eventually<Answer>(ask: () => Promise<Answer>, satisfied: (answer: Answer) => boolean, seconds = 15): Promise<Answer> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    if (performance.now() > until) throw new Error(`not so after ${seconds} s: ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await wait(50);
  }
}

/** Values of one target as /render gives them, nulls left out. */
export async function renderValues(server: RunningServer, target: string, from = '-5min'): Promise<number[]> {
  const rows = await server.json<{ datapoints: [number | null, number][] }[]>(`/render?format=json&from=${from}&target=${encodeURIComponent(target)}`);
  return rows.flatMap(({ datapoints }) => datapoints.flatMap(([value]) => (value === null ? [] : [value])));
}
