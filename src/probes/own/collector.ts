import { fork } from 'node:child_process';
import { basename, extname } from 'node:path';
import type { ProbeDefinition, ReadPoint, Reading } from '../../core/define.ts';
import { Kind, Method } from '../../core/series.ts';
import type { ChildAnswer } from './child.ts';
import type { FoundNumber } from './flatten.ts';

const MINUTE = 60_000;
const LEAST_EVERY = 1000;
const MEMORY_MEGABYTES = 256;
const TIME_LIMIT = 10_000;
const CHILD = new URL('./child.ts', import.meta.url);

/** The name that a file gives its collector, or undefined when it is no collector's. */
export function nameOf(file: string): string | undefined {
  const name = basename(file, extname(file));
  return /\.(?:ts|mts|js|mjs)$/.test(file) && /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name) ? name : undefined;
}

/**
 * A user's file as a probe: `export default async () => ({ size: 3 })`, read every minute or each `export const every` milliseconds, in a
 * process of its own. Its numbers are series below the file's name.
 */
export function ownCollector(file: string, name: string): ProbeDefinition {
  const probe: ProbeDefinition = {
    name,
    group: 'collectors',
    about: `Reads ${file}.`,
    every: MINUTE,
    options: {},
    async read({ signal }) {
      const answer = await ask(file, signal);
      if (answer.every !== undefined) probe.every = Math.max(LEAST_EVERY, answer.every);
      return 'problem' in answer ? { problem: answer.problem, points: [] } : readingOf(answer.numbers, name);
    },
  };
  return probe;
}

function readingOf(numbers: readonly FoundNumber[], name: string): Reading {
  const points = numbers.map(({ path, value }): ReadPoint => ({
    name: path === '' ? name : `${name}.${path}`,
    value,
    kind: Kind.gauge,
    method: Method.average,
  }));
  return { problem: '', points };
}

/** Runs the file once; when its time is over or `signal` aborts, the process and all that it started are ended. */
function ask(file: string, signal: AbortSignal): Promise<ChildAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [file], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${MEMORY_MEGABYTES}`],
    });
    const overtime = setTimeout(() => {
      reject(new Error(`it took longer than ${TIME_LIMIT / 1000} s`));
      end();
    }, TIME_LIMIT);
    const end = (): void => {
      try {
        // Its whole group: a detached process is the first of its own.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    };
    signal.addEventListener('abort', end, { once: true });
    child.once('message', (answer) => resolve(answer as ChildAnswer));
    child.once('error', reject);
    child.once('exit', (code, by) => {
      clearTimeout(overtime);
      signal.removeEventListener('abort', end);
      end();
      const finish = (): void => resolve({ problem: `its process ended ${by === null ? `with ${code}` : `by ${by}`} before it answered` });
      // What it has sent may still be on the way.
      if (child.connected) child.once('disconnect', finish);
      else finish();
    });
  });
}
