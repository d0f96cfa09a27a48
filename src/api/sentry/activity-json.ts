import type { Activity } from '../../store/errors/errors-store.ts';
import { iso } from './period.ts';

const TYPES: Readonly<Record<Activity['kind'], string>> = {
  first_seen: 'first_seen',
  resolved: 'set_resolved',
  unresolved: 'set_unresolved',
  archived: 'set_ignored',
  regressed: 'set_regression',
  escalated: 'set_escalating',
  assigned: 'assigned',
  bookmarked: 'bookmarked',
  comment: 'note',
  linked: 'create_issue',
  // Sentry tells nobody of these.
  unlinked: 'note',
  merged: 'merge',
  unmerged: 'unmerge_source',
};

/** What was done with an issue, in Sentry's shape. */
export function activityJson({ id, time, by, kind, text }: Activity): Record<string, unknown> {
  return {
    id: String(id),
    type: TYPES[kind],
    dateCreated: iso(time),
    user: by === '' ? null : { id: by, name: by, username: by, email: by.includes('@') ? by : '' },
    data: kind === 'assigned' ? { assignee: text } : text === '' ? {} : { text },
  };
}
