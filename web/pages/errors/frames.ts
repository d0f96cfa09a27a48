import type { ErrorEvent, EventException, Frame, Stacktrace } from '../../../src/core/error-event.ts';

/** One line of a stack trace: a frame, several of libraries folded into one line, or frames that are left out. */
export type TraceRow =
  | { kind: 'frame'; frame: Frame; index: number }
  | { kind: 'library'; frames: { frame: Frame; index: number }[] }
  | { kind: 'omitted'; count: number };

/** More frames than these are behind a button. */
export const MOST_ROWS = 30;

/** Rows of a trace, most recent call first; with `all` library frames stand on their own. `index` counts from the oldest call. */
export function traceRows({ frames, frames_omitted: omitted }: Stacktrace, all: boolean): TraceRow[] {
  const rows: TraceRow[] = [];
  // Where a client knows of no frame whether it is the application's, none is a library's.
  const known = frames.some((frame) => frame.in_app === true);
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index];
    const last = rows.at(-1);
    if (omitted && index === omitted[0] - 1 && index < frames.length - 1) rows.push({ kind: 'omitted', count: Math.max(0, omitted[1] - omitted[0]) });
    if (all || !known || frame.in_app === true) rows.push({ kind: 'frame', frame, index });
    else if (last?.kind === 'library' && rows.at(-1) === last) last.frames.push({ frame, index });
    else rows.push({ kind: 'library', frames: [{ frame, index }] });
  }
  return rows;
}

/** How many frames are ours; all where the client does not tell. */
export function ours(frames: readonly Frame[]): number {
  const count = frames.filter((frame) => frame.in_app === true).length;
  return count === 0 ? frames.length : count;
}

/** `src/search/facets.ts:48:26` */
export function framePlace({ filename, abs_path: path, module, package: library, lineno, colno, instruction_addr: address }: Frame): string {
  const file = filename ?? path ?? module ?? library ?? '';
  if (lineno === undefined) return file === '' ? (address ?? '') : file;
  return `${file}:${lineno}${colno === undefined ? '' : `:${colno}`}`;
}

export function frameFunction({ function: name, raw_function: raw, symbol }: Frame): string {
  return name || raw || symbol || '<anonymous>';
}

/** The library a frame belongs to: below `node_modules` or `site-packages`, else its module's first part, else `node` and the like. */
export function libraryOf(frame: Frame): string {
  const path = frame.abs_path ?? frame.filename ?? '';
  const packaged = /(?:node_modules|site-packages|dist-packages|vendor\/bundle\/ruby\/[^/]+\/gems)\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(path);
  if (packaged) return packaged[1].replace(/\.py$/, '');
  if (/^node:|^internal\//.test(path)) return 'node';
  if (/^https?:/.test(path)) return URL.canParse(path) ? new URL(path).host : '';
  const dotted = (frame.module ?? '').split(/[.:/]/)[0];
  return dotted !== '' ? dotted : (path.split('/').at(-1) ?? '');
}

/** `4 library frames: fastify, @fastify/reply-from` */
export function libraryWords(frames: readonly Frame[]): string {
  const names = [...new Set(frames.map(libraryOf).filter((name) => name !== ''))];
  const said = names.slice(0, 4).join(', ') + (names.length > 4 ? ` and ${names.length - 4} more` : '');
  return `${frames.length} library ${frames.length === 1 ? 'frame' : 'frames'}${said === '' ? '' : `: ${said}`}`;
}

/** A frame's lines of source with their numbers. */
export function sourceLines({
  lineno = 1,
  pre_context: before = [],
  context_line: line,
  post_context: after = [],
}: Frame): { number: number; text: string; hit: boolean }[] {
  if (line === undefined) return [];
  return [...before, line, ...after].map((text, index) => ({ number: lineno - before.length + index, text, hit: index === before.length }));
}

/** One exception of a chain, with how it came to be. */
export interface ChainLink {
  exception: EventException;
  /** In words, towards the one above; empty for the first. */
  relation: string;
}

/** The chain as it is read: what was thrown last first, then what caused it. */
export function chainOf(exceptions: readonly EventException[]): ChainLink[] {
  const shown = exceptions.toReversed();
  return shown.map((exception, index) => {
    if (index === 0) return { exception, relation: '' };
    const { source, parent_id: parent } = exception.mechanism ?? {};
    const above = shown.find(({ mechanism }) => parent !== undefined && mechanism?.exception_id === parent);
    const group = above?.mechanism?.is_exception_group === true;
    if (group) return { exception, relation: `one of ${nameOf(above)}` };
    if (source === '__context__') return { exception, relation: `while handling it, ${nameOf(shown[index - 1])} was raised` };
    return { exception, relation: above && above !== shown[index - 1] ? `caused ${nameOf(above)}` : 'caused by' };
  });
}

export const nameOf = ({ type, value }: EventException): string => type ?? value ?? 'exception';

/** `TypeError: Cannot read …` */
export function exceptionTitle({ type, value }: EventException): string {
  return [type, value].filter((part) => part !== null && part !== undefined && part !== '').join(': ') || 'exception';
}

/** The trace that tells most: of the exception thrown last, else of the message, else of the thread that crashed. */
export function mainTrace(event: ErrorEvent): Stacktrace | undefined {
  const crashed = event.threads?.find(({ crashed: did, current, stacktrace }) => stacktrace && (did === true || current === true));
  return event.exception?.at(-1)?.stacktrace ?? event.stacktrace ?? crashed?.stacktrace;
}

/** A stack trace as a runtime prints it. */
export function rawTrace(exception: EventException | undefined, trace: Stacktrace, platform: string): string {
  const title = exception ? exceptionTitle(exception) : '';
  if (platform.startsWith('python')) {
    const calls = trace.frames.flatMap((frame) => [
      `  File "${frame.abs_path ?? frame.filename ?? frame.module ?? '?'}", line ${frame.lineno ?? '?'}, in ${frameFunction(frame)}`,
      ...(frame.context_line === undefined ? [] : [`    ${frame.context_line.trim()}`]),
    ]);
    return ['Traceback (most recent call last):', ...calls, title].filter((line) => line !== '').join('\n');
  }
  const calls = trace.frames.toReversed().map((frame) => {
    const place = framePlace({ ...frame, filename: frame.abs_path ?? frame.filename });
    return `    at ${frameFunction(frame)}${place === '' ? '' : ` (${place})`}`;
  });
  return [title, ...calls].filter((line) => line !== '').join('\n');
}
