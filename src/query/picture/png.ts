import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HeedError } from '../../core/errors.ts';
import type { Picture } from './shapes.ts';
import { writeSvg } from './svg.ts';

const PAINTER = fileURLToPath(new URL('./painter.ts', import.meta.url));
/** A picture that takes longer is given up, milliseconds. */
const DEADLINE = 10_000;
/** The painter ends after so many milliseconds without a picture. */
const QUIET = 60_000;

/** To the painter, and back. */
export interface PaintQuestion {
  id: number;
  svg: string;
}
export interface PaintAnswer {
  id: number;
  png: Uint8Array | null;
}

interface Waiting {
  resolve(png: Uint8Array): void;
  reject(error: HeedError): void;
  deadline: NodeJS.Timeout;
}

const waiting = new Map<number, Waiting>();
let painter: ChildProcess | undefined;
let quiet: NodeJS.Timeout | undefined;
let ids = 0;

/**
 * Draws a picture as PNG, in a process of its own: the library that draws may abort its whole process at shapes that it cannot bear, and a
 * large picture takes seconds. It comes with the first picture.
 * @throws HeedError `no_picture` when it cannot be drawn
 */
export function writePng(picture: Picture): Promise<Uint8Array> {
  const svg = writeSvg(picture, false);
  const answer = Promise.withResolvers<Uint8Array>();
  const id = ids++;
  clearTimeout(quiet);
  const deadline = setTimeout(() => end(`it takes longer than ${DEADLINE / 1000} s`), DEADLINE);
  waiting.set(id, { ...answer, deadline });
  painter ??= start();
  painter.send({ id, svg } satisfies PaintQuestion);
  return answer.promise;
}

function start(): ChildProcess {
  const child = fork(PAINTER, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  child.on('message', (answer) => take(answer as PaintAnswer));
  child.once('exit', () => {
    if (painter === child) end('what draws it broke down');
  });
  // It goes with the server, whose end closes the channel.
  child.unref();
  child.channel?.unref();
  return child;
}

function take({ id, png }: PaintAnswer): void {
  const asked = waiting.get(id);
  if (!asked) return;
  settle(id, asked);
  if (png) asked.resolve(png);
  else asked.reject(cannot('the library that draws refuses it'));
  if (waiting.size > 0) return;
  quiet = setTimeout(() => end(''), QUIET);
  quiet.unref();
}

/** Ends the painter; whoever waits for it gets the reason. The next picture has a new one. */
function end(why: string): void {
  const ended = painter;
  painter = undefined;
  ended?.kill('SIGKILL');
  for (const [id, asked] of waiting) {
    settle(id, asked);
    asked.reject(cannot(why));
  }
}

function settle(id: number, { deadline }: Waiting): void {
  clearTimeout(deadline);
  waiting.delete(id);
}

function cannot(why: string): HeedError {
  return new HeedError('no_picture', `cannot draw the picture: ${why}; ask for a smaller one, or for format=svg`, { status: 503 });
}
