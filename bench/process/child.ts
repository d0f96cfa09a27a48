import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const TICKS_PER_SECOND = 100;

/** A server under test: started pinned to a processor, measured from outside, ended by its own id. */
export class Child {
  readonly process: ChildProcess;
  #output = '';

  /** `processor` is what taskset gets, e.g. `1` or `0,1`. */
  constructor(command: string, args: string[], options: { processor?: string; env?: Record<string, string>; cwd?: string } = {}) {
    const pinned = options.processor === undefined ? [command, ...args] : ['taskset', '-c', options.processor, command, ...args];
    this.process = spawn(pinned[0], pinned.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env }, cwd: options.cwd });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (data: Buffer) => (this.#output = (this.#output + data.toString()).slice(-20_000)));
  }

  get output(): string {
    return this.#output;
  }

  /** The process itself and all below it. */
  get pids(): number[] {
    const root = this.process.pid as number;
    const children = (pid: number): number[] => {
      try {
        return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
          readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
        );
      } catch {
        return [];
      }
    };
    const all = [root];
    for (const pid of all) all.push(...children(pid));
    return all;
  }

  /** Processor seconds used so far, user and system, children included. */
  cpuSeconds(): number {
    let ticks = 0;
    for (const pid of this.pids) {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ');
        ticks += Number(fields[11]) + Number(fields[12]);
      } catch {
        // It ended between the two readings.
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Resident bytes, children included. */
  residentBytes(): number {
    let pages = 0;
    for (const pid of this.pids) {
      try {
        pages += Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
      } catch {
        // It ended between the two readings.
      }
    }
    return pages * 4096;
  }

  /** Resolves with the match when the output contains `pattern`. */
  async says(pattern: RegExp, seconds = 30): Promise<RegExpExecArray> {
    const until = performance.now() + seconds * 1000;
    for (;;) {
      const found = pattern.exec(this.#output);
      if (found) return found;
      if (this.process.exitCode !== null || performance.now() > until)
        throw new Error(`cannot start ${this.process.spawnargs.join(' ')}: ${this.#output.slice(-2000)}`);
      await wait(5);
    }
  }

  /** Ends it; after `seconds` by force. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', seconds = 15): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    const timer = setTimeout(() => this.process.kill('SIGKILL'), seconds * 1000);
    await ended;
    clearTimeout(timer);
  }
}

/** True when `command` can be run here. */
export function has(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** The kernel's count of datagrams dropped at a UDP port of this machine (last column of /proc/net/udp). */
export function kernelDrops(port: number): number {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  let drops = 0;
  for (const file of ['/proc/net/udp', '/proc/net/udp6'])
    for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(`:${hex}`)) drops += Number(fields.at(-1));
    }
  return drops;
}

/** Waits until `condition` holds; throws after `seconds`. */
export async function until(condition: () => boolean | Promise<boolean>, seconds: number, what: string, every = 20): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`gave up after ${seconds} s: ${what}`);
    await wait(every);
  }
}
