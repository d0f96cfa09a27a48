import { formatCount, formatShare } from '../../core/numbers.ts';

/** What a release had, in the time that is compared. */
export interface Had {
  sessions: number;
  crashed: number;
}

export interface Compared {
  /** The release before; undefined for the first. */
  before?: { version: string } & Had;
  release: Had;
  /** How long both were looked at from their first session or error on, milliseconds. */
  age: number;
  newIssues: number;
  regressed: number;
}

export interface Verdict {
  kind: 'worse' | 'better' | 'same' | 'early' | 'first' | 'unknown';
  words: string;
}

/** From so many sessions on "no worse" is said; that it is worse can show earlier. */
const LEAST = 200;
/** Fewer are never compared, nor are fewer crashes in the one that fares worse: by so few, intervals promise too much. */
const FEWEST = 20;
const FEWEST_CRASHES = 5;
/** Of normal deviates: 99 percent of intervals hold the true difference, so that one in two hundred equal releases is called worse. */
const Z = 2.576;
/** A difference of rates that matters, however sure it is: a tenth of a percent. */
const MATTERS = 0.001;

/**
 * Says in words how a release fares against the one before, by the share of sessions that crashed when both were equally old. Worse or
 * better is only what the 99 % interval of the difference of both rates (Newcombe's, of Wilson's intervals, which holds for few sessions and rare
 * crashes) leaves no doubt of.
 */
export function judge(compared: Compared): Verdict {
  const { before, release } = compared;
  const issues = issuesInWords(compared);
  if (release.sessions === 0) return { kind: 'unknown', words: `No sessions to judge by: ${issues}` };
  const own = `crash-free sessions ${percent(release)}`;
  if (!before) return { kind: 'first', words: `The first release that is known: ${own} of ${formatCount(release.sessions)}, ${issues}` };
  if (before.sessions === 0)
    return {
      kind: 'unknown',
      words: `${own[0].toUpperCase()}${own.slice(1)} of ${formatCount(release.sessions)}, ${issues}; ${before.version} had none to compare with`,
    };
  const against = `${own} against ${percent(before)} (${formatCount(release.sessions)} ${release.sessions === 1 ? 'session' : 'sessions'} ${inTime(compared.age)})`;
  const difference = release.crashed / release.sessions - before.crashed / before.sessions;
  const [low, high] = intervalOfDifference(release, before);
  const few = Math.min(release.sessions, before.sessions);
  if (few >= FEWEST && release.crashed >= FEWEST_CRASHES && low > 0 && difference >= MATTERS)
    return { kind: 'worse', words: `Worse than ${before.version}: ${against}, ${issues}` };
  if (few >= FEWEST && before.crashed >= FEWEST_CRASHES && high < 0 && difference <= -MATTERS)
    return { kind: 'better', words: `Better than ${before.version}: ${against}, ${issues}` };
  if (release.sessions < LEAST) return { kind: 'early', words: `Too early to say: ${formatCount(release.sessions)} sessions of ${LEAST}; ${own}, ${issues}` };
  if (before.sessions < LEAST)
    return {
      kind: 'unknown',
      words: `${before.version} had too few sessions to compare with (${formatCount(before.sessions)} of ${LEAST}): ${own} of ${formatCount(release.sessions)}, ${issues}`,
    };
  return { kind: 'same', words: `No worse than ${before.version}: ${against}, ${issues}` };
}

/** The interval of the difference of two rates: Newcombe, Statistics in Medicine 17 (1998), method 10. */
export function intervalOfDifference(a: Had, b: Had): [low: number, high: number] {
  const [pa, pb] = [a.crashed / a.sessions, b.crashed / b.sessions];
  const [lowA, highA] = wilson(a);
  const [lowB, highB] = wilson(b);
  return [pa - pb - Math.hypot(pa - lowA, highB - pb), pa - pb + Math.hypot(highA - pa, pb - lowB)];
}

function wilson({ sessions, crashed }: Had): [low: number, high: number] {
  const rate = crashed / sessions;
  const middle = (rate + (Z * Z) / (2 * sessions)) / (1 + (Z * Z) / sessions);
  const half = (Z / (1 + (Z * Z) / sessions)) * Math.sqrt((rate * (1 - rate)) / sessions + (Z * Z) / (4 * sessions * sessions));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

const percent = ({ sessions, crashed }: Had): string => formatShare(100 * (1 - Math.min(crashed, sessions) / sessions));

function inTime(age: number): string {
  const hours = Math.max(1, Math.round(age / 3_600_000));
  if (hours === 1) return 'in the first hour of each';
  return hours < 48 ? `in the first ${hours} hours of each` : `in the first ${Math.round(hours / 24)} days of each`;
}

function issuesInWords({ newIssues, regressed }: Pick<Compared, 'newIssues' | 'regressed'>): string {
  const found = `${newIssues === 0 ? 'no' : formatCount(newIssues)} new ${newIssues === 1 ? 'issue' : 'issues'}`;
  return regressed === 0 ? found : `${found}, ${formatCount(regressed)} regressed`;
}
