import type { IssueItem } from '../../api/contract-errors.ts';
import { formatDuration, formatNumber, plain } from '../../core/numbers.ts';
import { drawSpark } from '../draw/chart.ts';
import { printable, type Style } from '../terminal.ts';

const SPARK = 14;
const MOST_TITLE = 70;

/** Where an issue's screen is. */
export const issueUrl = (server: string, shortId: string): string => `${server}/errors/${encodeURIComponent(shortId)}`;

/** An issue as a row of a table. */
export function issueRow(issue: IssueItem, server: string, now: number, style: Style): string[] {
  return [
    style.bold(printable(issue.shortId)),
    drawTrend(issue.trend),
    count(issue.events, 'event'),
    count(issue.users, 'user'),
    style.dim(ago(issue.lastSeen, now)),
    stateInWords(issue),
    short(printable(issue.title), MOST_TITLE),
    style.dim(issueUrl(server, issue.shortId)),
  ];
}

/** Which state it is in, and how long; `new` and the like for unresolved ones. */
export function stateInWords({ state, substate, until }: Pick<IssueItem, 'state' | 'substate' | 'until'>): string {
  return [state === 'unresolved' && substate !== '' ? substate : state, printable(until)].filter((part) => part !== '').join(' ');
}

/** Blocks of events over time; blanks where there were none. */
export function drawTrend(trend: readonly number[]): string {
  return drawSpark({ start: 0, step: 1, values: trend.map((events) => (events === 0 ? NaN : events)) }, Math.min(SPARK, trend.length)).padEnd(SPARK);
}

/** `3 min ago`; a clock that is ahead is now. */
export const ago = (time: number, now: number): string => (now - time < 1000 ? 'now' : `${formatDuration(now - time)} ago`);

export function count(value: number, what: string): string {
  return `${plain(formatNumber(value))} ${what}${value === 1 ? '' : 's'}`;
}

function short(text: string, most: number): string {
  const letters = Array.from(text);
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}
