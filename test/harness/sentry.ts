import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { allocateCounters } from '../../src/core/counters.ts';
import type { ErrorsStore } from '../../src/store/errors/errors-store.ts';
import { openErrors } from '../../src/store/errors/sqlite/open-errors.ts';
import { startServer, type RunningServer } from './server.ts';

/** Key of the project `default` in journeys; the captured requests carry it. */
export const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

export const startSentryServer = (options: Parameters<typeof startServer>[0] = {}): Promise<RunningServer> =>
  startServer({ ...options, env: { HEED_DSN_KEY: KEY, ...options.env } });

/** Where clients of the server send. */
export const dsnOf = (server: RunningServer, path = ''): string => `${server.url.replace('://', `://${KEY}@`)}${path}/1`;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a program with the DSN as its argument; rejects when it fails or takes longer than a minute. */
export async function runClient(program: string, args: string[], dsn: string): Promise<string> {
  const child = spawn(program, [...args, dsn], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${output}`);
  return output;
}

/** What a server kept, read once it has ended. */
export async function withErrors<Result>(folder: string, read: (errors: ErrorsStore) => Promise<Result>): Promise<Result> {
  await using errors = openErrors(folder, allocateCounters());
  return await read(errors);
}
