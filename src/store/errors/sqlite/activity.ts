import type { Activity } from '../errors-store.ts';
import type { ErrorsFile } from './errors-file.ts';

/** Who did what nobody did. */
export const HEED = 'heed';

export function note(file: ErrorsFile, issue: number, entry: Omit<Activity, 'id'>): Activity {
  const id = file.insert(
    'INSERT INTO activity (issue, time, by, kind, text) VALUES (?, ?, ?, ?, ?)',
    issue,
    Math.floor(entry.time),
    entry.by,
    entry.kind,
    entry.text,
  );
  return { id, ...entry };
}

export function activityOf(file: ErrorsFile, issue: number, limit: number): Activity[] {
  return file.all<Activity>('SELECT id, time, by, kind, text FROM activity WHERE issue = ? ORDER BY id DESC LIMIT ?', issue, limit);
}
