import type { NowAnswer } from '../contract.ts';
import { clockText, countText, durationText, plural } from './words.ts';

/** Days to a full disk from which on it is said first. */
const SOON_FULL = 14;
/** Silence after which something that used to arrive is missed, milliseconds. */
const SILENCE = 60_000;

/** What the verdict is made of. */
export interface VerdictFacts {
  now: number;
  started: number;
  arrived: boolean;
  series: number;
  /** Lines a second, all protocols. */
  rate: number;
  /** When the last line came in this run; null for never. */
  last: number | null;
  /** Dropped in the last hour (or since the start), by reason, most first; what a black or white list drops is not in it. */
  dropped: { part: string; reason: string; count: number }[];
  writeProblem: string;
  /** When the write problem was first seen. */
  writeProblemSince: number;
  damage: number;
  fullInDays: number | null;
}

/** How things are, in one or two sentences: what is so, since when, and what else is wrong (design/ui "Words"). */
export function verdictOf(facts: VerdictFacts): NowAnswer['verdict'] {
  const details: string[] = [];
  if (facts.damage > 0)
    details.push(`${plural(facts.damage, 'damaged piece')} of the data ${facts.damage === 1 ? 'was' : 'were'} left out; heed verify tells which.`);
  const soonFull = facts.fullInDays !== null && facts.fullInDays < SOON_FULL;
  if (soonFull) details.push(`The disk is full in ${durationText((facts.fullInDays as number) * 86_400_000)} at today's growth.`);
  const dropped = facts.dropped.reduce((sum, { count }) => sum + count, 0);
  for (const { part, reason, count } of facts.dropped.slice(0, 3)) details.push(`${part}: ${countText(count)} × ${reason}.`);

  if (facts.writeProblem !== '') return { state: 'bad', text: writeProblemText(facts), details };
  if (!facts.arrived) return { state: facts.damage > 0 ? 'warn' : 'none', text: 'Heed is listening. Nothing has arrived yet.', details };
  const trouble = dropped > 0 || facts.damage > 0 || soonFull;
  if (facts.last === null) {
    const text = `Nothing has arrived since the start at ${clockText(facts.started)}; ${countText(facts.series)} series are kept.`;
    return { state: trouble ? 'warn' : 'none', text, details };
  }
  if (facts.now - facts.last > SILENCE) {
    return { state: 'warn', text: `Nothing has arrived since ${clockText(facts.last)}, ${durationText(facts.now - facts.last)} ago.`, details };
  }
  const span = facts.now - facts.started < 3_600_000 ? `since the start at ${clockText(facts.started)}` : 'in the last hour';
  const drops = dropped === 0 ? `nothing was dropped ${span}` : `${countText(dropped)} dropped ${span}, most often: ${facts.dropped[0].reason}`;
  return { state: trouble ? 'warn' : 'ok', text: `${rateText(facts.rate)} arrive, ${countText(facts.series)} series are kept; ${drops}.`, details };
}

function writeProblemText({ writeProblem, writeProblemSince }: VerdictFacts): string {
  const since = clockText(writeProblemSince);
  if (/no space|disk is full|full disk|ENOSPC|disk full/i.test(writeProblem)) return `The disk is full since ${since}: numbers are refused, reading goes on.`;
  return `Numbers are refused since ${since}: ${writeProblem}. Reading goes on.`;
}

/** Below one line a second by the minute, as no rate reads as 0. */
function rateText(rate: number): string {
  if (rate >= 0.95) return `${plural(rate, 'line')} a second`;
  return `${plural(Math.max(1, rate * 60), 'line')} a minute`;
}
