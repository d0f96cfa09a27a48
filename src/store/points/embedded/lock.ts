import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { HeedError, causeOf } from '../../../core/errors.ts';

interface Owner {
  pid: number;
  /** Identifies the run of that pid, as numbers come around again (and are always 1 in a container); empty when unknown. */
  run: string;
}

/**
 * Takes the folder for this process. A lock left by a process that is gone is taken over. The lock is a symbolic link to nowhere: made and
 * filled in one step, and with room for its text in the folder itself, so that a full disk cannot refuse it.
 * @returns what gives it back
 * @throws HeedError `folder_in_use`
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const me: Owner = { pid: process.pid, run: runOf(process.pid) };
  mkdirSync(folder, { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      symlinkSync(`${me.pid}:${me.run}`, path);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0)
        throw new HeedError('folder_in_use', `cannot lock ${path}: ${causeOf(error)}`, { status: 500, cause: error });
    }
    const owner = readOwner(path);
    if (owner && isAlive(owner)) throw new HeedError('folder_in_use', `cannot open ${folder}: process ${owner.pid} uses it`, { status: 500 });
    rmSync(path, { force: true });
  }
}

/** The process that has the folder open, if one has. */
export function folderOwner(folder: string): number | undefined {
  const owner = readOwner(join(folder, 'lock'));
  return owner && isAlive(owner) ? owner.pid : undefined;
}

function readOwner(path: string): Owner | undefined {
  try {
    const [, pid, run] = /^(\d+):(.*)$/.exec(readlinkSync(path)) ?? [];
    return pid === undefined ? undefined : { pid: Number(pid), run };
  } catch {
    // Missing, or not a link: nobody's.
    return undefined;
  }
}

function isAlive({ pid, run }: Owner): boolean {
  if (existsSync('/proc/self/stat')) return run !== '' && runOf(pid) === run;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Boot and start time of a process, from Linux's /proc; empty when it is gone or there is no /proc. */
function runOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command's name may hold anything, so count fields after its closing parenthesis: start time is the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    if (fields[0] === 'Z' || fields[0] === 'X') return '';
    const started = fields[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${started}`;
  } catch {
    return '';
  }
}
