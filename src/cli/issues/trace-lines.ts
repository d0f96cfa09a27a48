import type { TraceAnswer, TraceRow } from '../../api/contract-errors.ts';
import { formatDuration } from '../../core/numbers.ts';
import { columns, printable, type Style } from '../terminal.ts';

const MOST = 20;
const MOST_TITLE = 90;

/** What else happened in the trace of an event: when, what, in which project; those nearest to it. Empty where that is all there is. */
export function traceInWords({ trace, rows }: TraceAnswer, event: { id: string; time: number }, style: Style): string {
  const others = rows.filter(({ eventId, kind }) => kind !== 'error' || eventId !== event.id);
  if (trace === null || others.length === 0) return '';
  const nearest = others
    .toSorted((a, b) => Math.abs(a.time - event.time) - Math.abs(b.time - event.time))
    .slice(0, MOST)
    .toSorted((a, b) => a.time - b.time);
  const left = others.length - nearest.length;
  const head = style.dim(`in the same trace, ${trace}${left > 0 ? `, the nearest ${MOST} of ${others.length}` : ''}`);
  return `\n${head}\n${columns(nearest.map((row) => lineOf(row, event.time, style)))}`;
}

/** Below a second in milliseconds, below a minute with a decimal. */
const tookText = (ms: number): string => (ms < 999.5 ? `${Math.round(ms)} ms` : ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms));

function lineOf({ kind, time, durationMs, project, level, title, about, issue }: TraceRow, event: number, style: Style): string[] {
  const gap = Math.round(time - event);
  const what = kind === 'transaction' ? about || kind : [kind === 'error' ? '' : kind, level].filter((part) => part !== '').join(' ');
  return [
    style.dim(`${gap < 0 ? '−' : '+'}${tookText(Math.abs(gap))}`),
    style.dim(printable(project)),
    printable(what),
    durationMs === null ? style.bold(printable(issue)) : tookText(durationMs),
    printable(title).slice(0, MOST_TITLE),
  ];
}
