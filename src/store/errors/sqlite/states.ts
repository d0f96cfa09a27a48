import type { IssueState, IssueSubstate, IssueUntil } from '../errors-store.ts';
import { compareReleases } from '../../../core/release-version.ts';

const HOUR = 3_600_000;
/** How long an issue is called new, regressed or escalating. */
export const FRESH = 7 * 24 * HOUR;
/** An hour with fewer events is never called an escalation. */
const LEAST_ESCALATING = 20;
const TIMES_MEDIAN = 5;
/** Hours that an escalation is measured against. */
export const PAST_HOURS = 7 * 24;

/** What decides over an issue's state. */
export interface Standing {
  state: IssueState;
  substate: IssueSubstate;
  /** When that began. */
  since: number;
  until: IssueUntil;
}

/** Why an unresolved issue stands where it does, as of now: nothing stays new for ever. */
export function substateNow({ state, substate, since }: Standing, now: number): IssueSubstate {
  if (state !== 'unresolved') return '';
  return substate !== 'ongoing' && since <= now - FRESH ? 'ongoing' : substate;
}

/**
 * Whether an event makes a resolved issue a regression. What happened before it was resolved does not, and where it was resolved
 * in a release only an event of a later one does.
 * @param firstSeen when a release of the project was first seen; undefined for one that never was
 */
export function regresses({ since, until }: Standing, event: { time: number; release: string }, firstSeen: (release: string) => number | undefined): boolean {
  if (event.time < since) return false;
  const resolvedIn = until.inRelease ?? until.afterRelease;
  if (resolvedIn === undefined) return true;
  if (event.release === '' || event.release === resolvedIn) return false;
  const order = compareReleases(event.release, resolvedIn);
  if (order !== undefined) return order > 0;
  // A release that never sent anything is as old as its being named.
  return (firstSeen(event.release) ?? event.time) > (firstSeen(resolvedIn) ?? since);
}

/** Whether an archived issue comes back: it has had as many events, or users, as it may have. */
export function reappears({ until }: Standing, events: number, users: number): boolean {
  return (until.events !== undefined && events >= until.events) || (until.users !== undefined && users >= until.users);
}

/** Whether an issue may be found to escalate. */
export function mayEscalate(standing: Standing, now: number): boolean {
  return standing.state === 'archived' ? standing.until.escalating === true : substateNow(standing, now) === 'ongoing';
}

/**
 * The number of events in an hour from which on an issue escalates: five times the median of the hours of the week before, and a
 * least number for those that hardly ever come.
 * @param past events of the past hours that had any
 * @param hours how many past hours there are, with and without events
 */
export function escalationFrom(past: readonly number[], hours: number): number {
  const quiet = Math.max(0, hours - past.length);
  const middle = Math.floor(hours / 2);
  const median = hours === 0 || middle < quiet ? 0 : past.toSorted((a, b) => a - b)[middle - quiet];
  return Math.max(LEAST_ESCALATING, TIMES_MEDIAN * median + 1);
}
