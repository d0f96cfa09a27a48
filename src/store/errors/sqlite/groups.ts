import type { ErrorsFile } from './errors-file.ts';
import type { EventRow } from './event-row.ts';
import { knownIssue } from './known-issue.ts';
import type { KnownGroup, Memory } from './memory.ts';

/**
 * The group of an event: of its first hash. Where that is new it joins the issue of the first other hash that is known, else
 * `begin` makes one. All hashes of an event lead to its issue from then on. Undefined when one of them is discarded.
 */
export function groupOf(file: ErrorsFile, memory: Memory, row: EventRow, begin: () => number): KnownGroup | undefined {
  const known = row.hashes.map((hash) => find(file, memory, row.project, hash));
  if (known.includes(null)) return undefined;
  const first = known[0];
  if (first && known.every(Boolean)) return first;
  const issue = known.find((group) => group)?.issue ?? begin();
  const group = first ?? make(file, memory, row, row.hashes[0], issue, 0);
  known.forEach((other, index) => {
    if (index > 0 && !other) make(file, memory, row, row.hashes[index], issue, group.id);
  });
  return group;
}

const placeOf = (project: number, hash: string): string => `${project} ${hash}`;

function find(file: ErrorsFile, memory: Memory, project: number, hash: string): KnownGroup | null | undefined {
  const place = placeOf(project, hash);
  let group = memory.groups.get(place);
  if (group !== undefined) return group;
  const row = file.get<Omit<KnownGroup, 'misses'>>('SELECT id, issue, thinned, dictionary, events FROM groups WHERE project = ? AND hash = ?', project, hash);
  if (row) group = { ...row, misses: 0 };
  else if (file.get('SELECT 1 FROM discarded WHERE project = ? AND hash = ?', project, hash)) group = null;
  if (group !== undefined) memory.groups.set(place, group);
  return group;
}

function make(file: ErrorsFile, memory: Memory, row: EventRow, hash: string, issue: number, via: number): KnownGroup {
  const id = file.insert(
    'INSERT INTO groups (project, hash, issue, recipe, via, title, first_seen, last_seen, first_release, last_release) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    row.project,
    hash,
    issue,
    row.recipe,
    via,
    row.title,
    row.time,
    row.time,
    row.release,
    row.release,
  );
  const group = { id, issue, thinned: 0, dictionary: 0, misses: 0, events: 0 };
  memory.groups.set(placeOf(row.project, hash), group);
  knownIssue(file, memory, issue).groups++;
  return group;
}
