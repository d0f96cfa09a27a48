import type { Frame, Stacktrace } from '../../../core/error-event.ts';
import { readFrame } from './frame.ts';
import type { Notes } from './notes.ts';
import { integerOf, isRecord } from './shapes.ts';

const MOST_FRAMES = 250;
/** Frames that keep their variables and the lines around them: those of an endless recursion are all alike. */
const MOST_DETAILED = 50;

/** A stack, oldest call first; of one that is too long both ends are kept. Undefined when no frame says anything. */
export function readStacktrace(raw: unknown, name: string, notes: Notes): Stacktrace | undefined {
  const said: unknown = isRecord(raw) ? raw.frames : raw;
  if (!Array.isArray(said)) return undefined;
  const omitted = isRecord(raw) ? readOmitted(raw.frames_omitted) : undefined;
  const half = MOST_FRAMES / 2;
  const isLong = said.length > MOST_FRAMES;
  const kept: unknown[] = isLong ? [...said.slice(0, half), ...said.slice(-half)] : said;
  if (isLong) notes.add('too_many_values', `${name}.frames`, said.length);
  const frames = kept.map(readFrame).filter((frame) => frame !== undefined);
  if (frames.length === 0) return undefined;
  for (let i = MOST_DETAILED / 2; i < frames.length - MOST_DETAILED / 2; i++) slim(frames[i]);
  const cut: Stacktrace['frames_omitted'] = isLong ? [half, said.length - half] : omitted;
  return cut === undefined ? { frames } : { frames, frames_omitted: cut };
}

function slim(frame: Frame): void {
  delete frame.vars;
  delete frame.pre_context;
  delete frame.post_context;
}

function readOmitted(raw: unknown): [number, number] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const [from, to] = [integerOf(raw[0]), integerOf(raw[1])];
  return from === undefined || to === undefined ? undefined : [from, to];
}
