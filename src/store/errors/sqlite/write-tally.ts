import type { ErrorsFile } from './errors-file.ts';
import type { KnownIssue, Memory } from './memory.ts';
import { type GroupTally, HOUR, type Tally } from './tally.ts';
import { usersOf } from './users.ts';

/** Values of a key that are told apart in a group; events with others are counted together. */
const MOST_VALUES = 1000;
/** Users that are told apart in a group; of more, a half is counted for all, then a quarter, and so on. */
const MOST_USERS = 16_384;
/** Keys that a project's searches are offered. */
const MOST_KEYS = 1000;

const ADD_SPLIT = `(?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET events = events + excluded.events`;

/** Adds a batch's counts to the tables, one change a row. */
export function writeTally(file: ErrorsFile, memory: Memory, tally: Tally): void {
  for (const group of tally.groups.values()) writeGroup(file, memory, tally.issueOf(group.group), group);
  for (const [project, splits] of tally.projects) {
    for (const { hour, level, environment, release, events, issues } of splits.values()) {
      file.run(
        `INSERT INTO project_hours (project, hour, level, environment, release, events, issues) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET events = events + excluded.events, issues = issues + excluded.issues`,
        project,
        hour,
        level,
        environment,
        release,
        events,
        issues,
      );
    }
  }
  writePeople(file, memory, tally);
  for (const { issue, oldest, newest } of tally.issues.values()) {
    file.run(
      `UPDATE issues SET events = ?, users = ?, first_release = CASE WHEN ? < first_seen THEN ? ELSE first_release END, first_seen = min(first_seen, ?)
        WHERE id = ?`,
      issue.events,
      issue.users,
      oldest.time,
      oldest.release,
      oldest.time,
      issue.id,
    );
    file.run(
      `UPDATE issues SET last_seen = ?1, level = ?2, handled = ?3, platform = ?4, type = ?5, title = ?6, culprit = ?7, metadata = ?8,
        last_release = CASE WHEN ?9 = '' THEN last_release ELSE ?9 END WHERE id = ?10 AND last_seen <= ?1`,
      newest.time,
      newest.level,
      newest.handled === undefined ? null : Number(newest.handled),
      newest.platform,
      newest.type,
      newest.title,
      newest.culprit,
      newest.metadata,
      newest.release,
      issue.id,
    );
  }
}

function writeGroup(file: ErrorsFile, memory: Memory, issue: KnownIssue, tally: GroupTally): void {
  const { group, events, oldest, newest, hours, splits } = tally;
  file.run(
    `UPDATE groups SET events = events + ?1, kept = kept + ?1, via = 0,
      first_release = CASE WHEN ?2 < first_seen THEN ?3 ELSE first_release END, first_seen = min(first_seen, ?2),
      title = CASE WHEN ?4 >= last_seen THEN ?5 ELSE title END,
      last_release = CASE WHEN ?4 >= last_seen AND ?6 <> '' THEN ?6 ELSE last_release END, last_seen = max(last_seen, ?4) WHERE id = ?7`,
    events,
    oldest.time,
    oldest.release,
    newest.time,
    newest.title,
    newest.release,
    group.id,
  );
  const days = new Map<number, number>();
  for (const [hour, count] of hours) {
    file.run('INSERT INTO hours VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET events = events + excluded.events', group.id, hour, count);
    const day = Math.floor(hour / 24);
    days.set(day, (days.get(day) ?? 0) + count);
    memory.windows.addEvents(newest.project, group.issue, hour, count);
  }
  for (const [day, count] of days)
    file.run('INSERT INTO days VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET events = events + excluded.events', group.id, day, count);
  for (const { hour, level, environment, release, events } of splits.values())
    file.run(`INSERT INTO splits VALUES ${ADD_SPLIT}`, group.id, hour, level, environment, release, events);
  writeTags(file, memory, tally);
  writeUsers(file, memory, issue, tally);
}

function writeTags(file: ErrorsFile, memory: Memory, { group, tags, newest }: GroupTally): void {
  const change = file.prepare(
    'UPDATE tags SET events = events + ?, first_seen = min(first_seen, ?), last_seen = max(last_seen, ?) WHERE grp = ? AND key = ? AND value = ?',
  );
  for (const [name, values] of tags) {
    const key = memory.numberOf(file, name);
    rememberKey(file, memory, newest.project, key);
    for (const [value, { events, first, last }] of values) {
      if (change.run(events, first, last, group.id, key, value).changes) continue;
      const place = `${group.id} ${key}`;
      const known =
        memory.values.get(place) ??
        file.get<{ count: number }>(`SELECT count(*) AS count FROM tags WHERE grp = ? AND key = ? AND value <> ''`, group.id, key)?.count ??
        0;
      const kept = known < MOST_VALUES ? value : '';
      file.run(
        `INSERT INTO tags VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET events = events + excluded.events, first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)`,
        group.id,
        key,
        kept,
        events,
        first,
        last,
      );
      memory.values.set(place, kept === '' ? known : known + 1);
    }
  }
}

function rememberKey(file: ErrorsFile, memory: Memory, project: number, key: number): void {
  const place = `key ${project} ${key}`;
  if (memory.seen.get(place) !== undefined) return;
  file.run('INSERT OR IGNORE INTO tag_keys SELECT ?1, ?2 WHERE (SELECT count(*) FROM tag_keys WHERE project = ?1) < ?3', project, key, MOST_KEYS);
  memory.seen.set(place, 1);
}

function writeUsers(file: ErrorsFile, memory: Memory, issue: KnownIssue, { group, users, newest }: GroupTally): void {
  const find = file.prepare('SELECT first, last FROM group_users WHERE grp = ? AND user = ?');
  let added = 0;
  for (const [user, [first, last]] of users) {
    if (user % 2 ** group.thinned !== 0) continue;
    const known = find.get(group.id, user) as { first: number; last: number } | undefined;
    if (!known) {
      file.run('INSERT INTO group_users VALUES (?, ?, ?, ?)', group.id, user, first, last);
      added++;
    } else if (first < known.first || last > known.last)
      file.run('UPDATE group_users SET first = min(first, ?), last = max(last, ?) WHERE grp = ? AND user = ?', first, last, group.id, user);
    if (issue.groups === 1) memory.windows.addUser(newest.project, issue.id, known?.last ?? -1, last, 2 ** group.thinned);
  }
  if (issue.groups > 1 && users.size > 0) memory.windows.forgetUsers();
  if (added === 0) return;
  const weight = 2 ** group.thinned;
  const thinned = thin(file, memory, group, added);
  if (thinned) memory.windows.forgetUsers();
  issue.users = issue.groups === 1 && !thinned ? issue.users + added * weight : usersOf(file, issue.id);
}

/** Where a group has too many users, those that stand for all are halved. @returns whether they were */
function thin(file: ErrorsFile, memory: Memory, group: GroupTally['group'], added: number): boolean {
  const place = `users ${group.id}`;
  const before = group.thinned;
  const count = (): number => file.get<{ count: number }>('SELECT count(*) AS count FROM group_users WHERE grp = ?', group.id)?.count ?? 0;
  const known = memory.values.get(place);
  let users = known === undefined ? count() : known + added;
  while (users > MOST_USERS) {
    group.thinned++;
    file.run('DELETE FROM group_users WHERE grp = ? AND user & ? <> 0', group.id, 2 ** group.thinned - 1);
    users = count();
  }
  memory.values.set(place, users);
  if (group.thinned === before) return false;
  file.run('UPDATE groups SET thinned = ? WHERE id = ?', group.thinned, group.id);
  return true;
}

/** Names of users are written when they are new, and once an hour. */
function writePeople(file: ErrorsFile, memory: Memory, tally: Tally): void {
  for (const [user, { person, time }] of tally.people) {
    const [place, hour] = [`user ${user}`, Math.floor(time / HOUR)];
    if ((memory.seen.get(place) ?? -1) >= hour) continue;
    file.run(
      `INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET id = excluded.id, email = excluded.email, username = excluded.username, ip = excluded.ip, last = max(last, excluded.last)`,
      user,
      person.id,
      person.email,
      person.username,
      person.ip,
      time,
    );
    memory.seen.set(place, hour);
  }
}
