import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dsnOf } from './sentry.ts';
import { temporaryFolder, type RunningServer } from './server.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a command, to what it printed; rejects when it fails. */
export type Cli = (...args: string[]) => Promise<string>;

/** sentry-cli of one generation, run in a folder of its own where git knows one commit; `more` of its environment takes the place of the usual. */
export async function cliOf(
  t: TestContext,
  generation: 2 | 3,
  server: RunningServer,
  more: NodeJS.ProcessEnv = {},
): Promise<{ cli: Cli; folder: string; commit(message: string): Promise<void> }> {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    SENTRY_URL: server.url,
    SENTRY_AUTH_TOKEN: 'any',
    SENTRY_ORG: 'acme',
    SENTRY_PROJECT: 'default',
    SENTRY_DSN: dsnOf(server),
    SENTRY_LOAD_DOTENV: '0',
    SENTRY_DISABLE_UPDATE_CHECK: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    ...more,
  };
  const program = join(ROOT, `node_modules/sentry-cli-${generation}/bin/sentry-cli`);
  const cli: Cli = async (...args) => {
    try {
      const { stdout, stderr } = await run(process.execPath, [program, ...args], { cwd: folder, env, timeout: 60_000 });
      return stdout + stderr;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`sentry-cli ${args.join(' ')}: ${stdout}${stderr}`, { cause: error });
    }
  };
  const git = (...args: string[]): Promise<unknown> => run('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...args], { cwd: folder, env });
  await git('init', '-q');
  await git('remote', 'add', 'origin', 'https://git.example.org/acme/shop.git');
  const commit = async (message: string): Promise<void> => void (await git('commit', '-q', '--allow-empty', '-m', message));
  await commit('first');
  return { cli, folder, commit };
}
