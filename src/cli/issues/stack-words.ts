import type { ErrorEvent, EventException, Frame } from '../../core/error-event.ts';
import { printable, type Style } from '../terminal.ts';

const MOST_FRAMES = 6;
const MOST_CAUSES = 5;
const AROUND = 2;
const MOST_LINE = 160;

/** What was thrown with its newest calls first, each of the program's own with the lines around it; then its causes. */
export function stackInWords({ exception = [], stacktrace, logentry }: ErrorEvent, style: Style): string {
  if (exception.length === 0)
    return [printable(logentry?.formatted ?? ''), ...(stacktrace ? framesInWords(stacktrace.frames, style) : [])].map((line) => `${line}\n`).join('');
  return exception
    .slice(-MOST_CAUSES)
    .toReversed()
    .flatMap((thrown, i) => [`${i === 0 ? '' : 'caused by '}${style.bold(headOf(thrown))}`, ...framesInWords(thrown.stacktrace?.frames ?? [], style)])
    .map((line) => `${line}\n`)
    .join('');
}

function headOf({ type, value = '' }: EventException): string {
  const [first = ''] = value.split('\n');
  return printable([type ?? '', first].filter((part) => part !== '').join(': '));
}

function framesInWords(frames: readonly Frame[], style: Style): string[] {
  const newest = frames.slice(-MOST_FRAMES).toReversed();
  const left = frames.length - newest.length;
  return [...newest.flatMap((frame) => frameInWords(frame, style)), ...(left > 0 ? [style.dim(`  … and ${left} more`)] : [])];
}

function frameInWords(frame: Frame, style: Style): string[] {
  const place = [frame.filename ?? frame.module ?? frame.package ?? '?', frame.lineno, frame.colno].filter((part) => part !== undefined).join(':');
  const line = `  at ${printable(frame.function ?? '?')}  ${printable(place)}`;
  if (!frame.in_app) return [style.dim(line)];
  return [line, ...sourceOf(frame, style)];
}

function sourceOf({ lineno, context_line: here, pre_context: before = [], post_context: after = [] }: Frame, style: Style): string[] {
  if (here === undefined || lineno === undefined) return [];
  const lines = [...before.slice(-AROUND), here, ...after.slice(0, AROUND)];
  const first = lineno - Math.min(before.length, AROUND);
  return lines.map((text, i) => {
    const number = String(first + i).padStart(7);
    const said = printable(text.replaceAll('\t', '  ')).slice(0, MOST_LINE);
    return first + i === lineno ? `${style.accent(`${number} >`)} ${said}` : style.dim(`${number} | ${said}`);
  });
}
