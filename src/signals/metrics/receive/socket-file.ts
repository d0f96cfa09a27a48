import { once } from 'node:events';
import { lstat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';

/**
 * Makes the path free for a Unix socket: a socket file that nobody answers on was left by a process that was killed.
 * @throws Error when somebody listens there, or when it is a file of another kind
 */
export async function freeSocketFile(path: string): Promise<void> {
  const file = await lstat(path).catch(() => undefined);
  if (!file) return;
  if (!file.isSocket()) throw new Error('there is a file that is no socket');
  const probe = connect({ path });
  try {
    await once(probe, 'connect');
  } catch (error) {
    // Whoever listens for datagrams refuses this stream with EPROTOTYPE.
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw new Error('EADDRINUSE', { cause: error });
    await unlink(path);
    return;
  } finally {
    probe.destroy();
  }
  throw new Error('EADDRINUSE');
}
