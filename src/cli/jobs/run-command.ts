import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { causeOf } from '../../core/errors.ts';

/** Of what it printed, bytes. */
const KEPT = 65_536;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** As shells have it. */
const CANNOT_RUN = 127;

/** How a command ended; `output` is the end of what it printed, to both streams. */
export interface Ended {
  code: number;
  output: string;
}

/** Runs a command with its output passed through as it comes, and signals passed on to it. */
export async function runCommand([program, ...args]: readonly string[], env: Record<string, string | undefined>): Promise<Ended> {
  const child = spawn(program, args, { stdio: ['inherit', 'pipe', 'pipe'], env });
  let kept = Buffer.alloc(0);
  const keep = (piece: Buffer): void => void (kept = Buffer.concat([kept, piece]).subarray(-KEPT));
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.on('data', keep);
    from.pipe(to, { end: false });
  }
  // Ctrl-C of a terminal reaches the command by itself.
  const pass = (signal: NodeJS.Signals): void => void (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
  for (const signal of SIGNALS) process.on(signal, pass);
  try {
    const code = await new Promise<number>((resolve) => {
      child.once('error', (error) => {
        const line = `heed: cannot run ${program}: ${causeOf(error)}\n`;
        process.stderr.write(line);
        keep(Buffer.from(line));
        resolve(CANNOT_RUN);
      });
      child.once('close', (exitCode, signal) => resolve(exitCode ?? 128 + constants.signals[signal as NodeJS.Signals]));
    });
    return { code, output: kept.toString() };
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass);
  }
}
