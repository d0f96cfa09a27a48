import type { CommandIo } from '../core/define.ts';
import { styleFor } from './terminal.ts';

const EVERY_TTY_MS = 100;
const EVERY_PIPE_MS = 10_000;

/** One line on standard error that rewrites itself; without a terminal a line every ten seconds. */
export function progressLine(io: CommandIo): { show(text: string): void; end(): void } {
  const style = styleFor(io, 'stderr');
  const tty = io.stderr.isTTY === true;
  let last = tty ? -Infinity : performance.now();
  let shown = false;
  return {
    show(text) {
      const now = performance.now();
      if (now - last < (tty ? EVERY_TTY_MS : EVERY_PIPE_MS)) return;
      last = now;
      shown = true;
      io.stderr.write(tty ? `\r\u001B[2K${style.dim(text)}` : `${text}\n`);
    },
    end() {
      if (tty && shown) io.stderr.write('\r\u001B[2K');
    },
  };
}
