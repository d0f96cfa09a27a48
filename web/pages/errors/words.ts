import type { IssueItem } from '../../../src/api/contract-errors.ts';
import type { Mark } from '../../state/marks.ts';
import type { StateName } from '../../widgets/state.tsx';
import { plural } from '../../words/number.ts';
import { clock, day, lasting } from '../../words/time.ts';

type Stand = Pick<IssueItem, 'state' | 'substate' | 'until' | 'firstRelease' | 'lastRelease'>;

/** How an issue stands: glyph and word; undefined for one that is open and nothing new. */
export function standing({ state, substate, until }: Stand): { state: StateName; text: string } | undefined {
  if (state === 'resolved') return { state: 'ok', text: until === '' ? 'Resolved' : `Resolved ${until}` };
  if (state === 'archived') return { state: 'none', text: until === '' ? 'Archived' : `Archived ${until}` };
  if (substate === 'new') return { state: 'bad', text: 'New' };
  if (substate === 'regressed') return { state: 'warn', text: 'Back' };
  if (substate === 'escalating') return { state: 'warn', text: 'Rising' };
  return undefined;
}

/** The same with its release, for the chip above a title: `New in v1.4.2`. */
export function standingLong(issue: Stand): { state: StateName; text: string } {
  const short = standing(issue) ?? { state: 'none' as const, text: 'Open' };
  if (issue.state !== 'unresolved') return short;
  if (issue.substate === 'new' && issue.firstRelease !== '') return { ...short, text: `New in ${shortRelease(issue.firstRelease)}` };
  if (issue.substate === 'regressed' && issue.lastRelease !== '') return { ...short, text: `Back in ${shortRelease(issue.lastRelease)}` };
  if (issue.substate === 'escalating') return { ...short, text: 'Rising, far more often than before' };
  return short;
}

/** `shop@1.4.2` reads 1.4.2; a commit's hash its first twelve digits. */
export function shortRelease(release: string): string {
  const version = release.replace(/^.*@(?=.)/, '');
  return /^[0-9a-f]{20,64}$/.test(version) ? version.slice(0, 12) : version;
}

/** One moment as in a sentence: the time today, the day besides on another. */
export function when(time: number, now: number): string {
  const today = new Date(time).toDateString() === new Date(now).toDateString();
  const thisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return today ? clock(time) : thisYear ? `${day(time)}, ${clock(time)}` : `${day(time)} ${new Date(time).getFullYear()}`;
}

/** An event of ours no longer before than this may have to do with it. */
const SOON_AFTER = 3_600_000;

/**
 * `First seen 13:54, 2 min after v1.4.2.` where something was marked shortly before, else with its release. What came after
 * is told, never that it was the cause.
 */
export function firstSeen(issue: Pick<IssueItem, 'firstSeen' | 'firstRelease'>, marks: readonly Mark[], now: number): string {
  const before = marks.findLast(({ time }) => time <= issue.firstSeen && issue.firstSeen - time < SOON_AFTER);
  const at = `First seen ${when(issue.firstSeen, now)}`;
  const gap = before ? issue.firstSeen - before.time : 0;
  if (before) return `${at}, ${gap < 1000 ? 'right' : lasting(gap)} after ${before.text}.`;
  return issue.firstRelease === '' ? `${at}.` : `${at} in ${shortRelease(issue.firstRelease)}.`;
}

/** `212 events in this window, from 44 people; 1,204 since it was first seen.` */
export function howMany({ events, users, allEvents }: Pick<IssueItem, 'events' | 'users' | 'allEvents'>): string {
  const people = users === 0 ? '' : `, from ${plural(users, 'person', 'people')}`;
  const ever = allEvents > events ? `; ${plural(allEvents, 'event')} since the first` : '';
  return `${plural(events, 'event')} in this window${people}${ever}.`;
}

/** What is new, and what was marked last: the line above the list. */
export function sinceRelease(
  totals: { new: number; regressed: number; escalating: number },
  marks: readonly Mark[],
  now: number,
): { lead: string; rest: string } {
  const parts = [
    totals.new > 0 ? `${totals.new} new` : '',
    totals.regressed > 0 ? `${totals.regressed} back` : '',
    totals.escalating > 0 ? `${totals.escalating} rising` : '',
  ].filter((part) => part !== '');
  const last = marks.at(-1);
  const mark = last === undefined ? '' : `The last event marked in this window is ${last.text}, ${when(last.time, now)}.`;
  if (parts.length === 0) return { lead: 'Nothing new, nothing back.', rest: mark };
  return { lead: `${parts.join(', ')}.`, rest: mark };
}

const DONE: Record<string, string> = {
  first_seen: 'First seen',
  resolved: 'Resolved',
  unresolved: 'Opened again',
  archived: 'Archived',
  regressed: 'Came back',
  escalated: 'Came far more often',
  assigned: 'Assigned',
  bookmarked: 'Bookmarked',
  linked: 'Linked',
  unlinked: 'Link removed',
  merged: 'Merged',
  unmerged: 'Taken apart',
};

/** What was done, in words: `Resolved in the next release`; a comment is its own words. */
export function doneWords({ kind, text }: { kind: string; text: string }): string {
  if (kind === 'comment') return text;
  const word = DONE[kind] ?? kind;
  if (text === '') return word;
  return `${word} ${kind === 'assigned' ? 'to ' : kind === 'first_seen' || kind === 'regressed' ? 'in ' : ''}${text}`;
}

/** Said elsewhere, or the same for all events of an issue. */
const PLAIN_TAGS = new Set(['level', 'handled', 'mechanism', 'error.type', 'dist', 'replayId', 'logger']);
/** Of every client; what an application says of itself tells more. */
const COMMON_TAGS = ['url', 'transaction', 'browser.name', 'browser', 'user', 'release', 'environment', 'server_name', 'os.name', 'os', 'runtime'];

/** Tags that tell where else it happens: the application's own first, then those that every client sends. */
export function tellingTags<Tag extends { key: string }>(tags: readonly Tag[]): Tag[] {
  return tags.filter(({ key }) => !PLAIN_TAGS.has(key)).toSorted((a, b) => COMMON_TAGS.indexOf(a.key) - COMMON_TAGS.indexOf(b.key));
}

/** A share as whole percent; never 0 or 100 when it is not. */
export function share(count: number, total: number): string {
  if (total <= 0) return '0 %';
  const percent = Math.round((count / total) * 100);
  if (percent === 0 && count > 0) return 'under 1 %';
  return `${percent === 100 && count < total ? 99 : percent} %`;
}
