import type { Issue } from '../../store/errors/errors-store.ts';

/** How an issue was resolved, or until when it is archived, as it goes on after the state; empty for plainly. */
export function untilInWords({ state, until, events, users }: Pick<Issue, 'state' | 'until' | 'events' | 'users'>): string {
  if (state === 'resolved') {
    if (until.inRelease !== undefined) return `in release ${until.inRelease}`;
    if (until.afterRelease !== undefined) return until.afterRelease === '' ? 'in the next release' : `in the next release, after ${until.afterRelease}`;
    return until.inCommit === undefined ? '' : `in commit ${until.inCommit.slice(0, 12)}`;
  }
  if (state !== 'archived') return '';
  const ends: string[] = [];
  if (until.time !== undefined) ends.push(`${new Date(until.time).toISOString().slice(0, 16).replace('T', ' ')} UTC`);
  if (until.events !== undefined) ends.push(more(until.events - events, 'event'));
  if (until.users !== undefined) ends.push(more(until.users - users, 'user'));
  if (until.escalating) ends.push('it comes much more often');
  return ends.length === 0 ? '' : `until ${ends.join(' or ')}`;
}

function more(count: number, what: string): string {
  const left = Math.max(1, count);
  return `${left} more ${what}${left === 1 ? '' : 's'}`;
}
