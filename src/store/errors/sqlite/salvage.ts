import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { LEVELS } from '../../../core/error-event.ts';
import { dictionaryOf, unpackBody } from './body.ts';
import { numberOfTrace } from './event-row.ts';

/** Tables that are walked from both ends, each with what orders it. Events and their bodies are read one by one besides. */
const TABLES: [name: string, order: string][] = [
  ['texts', 'id'],
  ['numbers', 'slug'],
  ['issues', 'id'],
  ['groups', 'id'],
  ['events', 'id'],
  ['dictionaries', 'event'],
  ['bodies', 'event'],
  ['hours', 'grp, hour'],
  ['days', 'grp, day'],
  ['splits', 'grp, hour, level, environment, release'],
  ['project_hours', 'project, hour, level, environment, release'],
  ['tags', 'grp, key, value'],
  ['tag_keys', 'project, key'],
  ['group_users', 'grp, user'],
  ['people', 'user'],
  ['releases', 'project, release'],
  ['session_hours', 'project, hour, release, environment'],
  ['session_users', 'project, hour, release, environment, outcome'],
  ['sessions', 'project, session'],
  ['activity', 'id'],
  ['links', 'id'],
  ['moved', 'id'],
  ['discarded', 'project, hash'],
  ['doomed', 'grp'],
  ['job_runs', 'id'],
  ['job_events', 'event'],
];

const FULL = 13;

/**
 * Copies what can still be read of a damaged file into `database`, which is new. Each table is read from its begin until it cannot
 * be read further, and from its end; events that lie between are read by the ids that an index has. Groups whose issue is lost, and
 * events that are lost but for their bodies, are made anew.
 */
export function salvage(database: DatabaseSync, path: string): { events: number; issues: number } {
  const hurt = new DatabaseSync(path);
  const attempt = (work: () => void): void => {
    try {
      transact(database, work);
    } catch {
      // The table cannot even be found, or there is no room: the next may have more luck.
    }
  };
  for (const [table, order] of TABLES) attempt(() => copyTable(hurt, database, table, order));
  attempt(() => copyKnown(hurt, database));
  hurt.close();
  attempt(() => mendIssues(database));
  attempt(() => mendEvents(database));
  attempt(() => {
    database.exec(`DELETE FROM bodies WHERE event NOT IN (SELECT id FROM events);
      DELETE FROM events WHERE grp NOT IN (SELECT id FROM groups UNION ALL SELECT grp FROM doomed);
      UPDATE groups SET kept = (SELECT count(*) FROM events WHERE grp = groups.id)`);
  });
  const count = (table: string): number => (database.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count;
  return { events: count('events'), issues: count('issues') };
}

function transact(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN');
  try {
    work();
  } finally {
    if (database.isTransaction) database.exec('COMMIT');
  }
}

function copyTable(hurt: DatabaseSync, database: DatabaseSync, table: string, order: string): void {
  const columns = (database.prepare(`SELECT name FROM pragma_table_info(?)`).all(table) as { name: string }[]).map(({ name }) => name).join(', ');
  const put = database.prepare(`INSERT OR IGNORE INTO ${table} (${columns}) VALUES (${columns.replaceAll(/\w+/g, '?')})`);
  for (const direction of ['ASC', 'DESC']) {
    const keys = order.split(', ').map((key) => `${key} ${direction}`);
    try {
      const rows = hurt.prepare(`SELECT ${columns} FROM ${table} NOT INDEXED ORDER BY ${keys.join(', ')}`, { returnArrays: true });
      for (const row of rows.iterate() as unknown as Iterable<SQLInputValue[]>) putRow(put, row);
      return;
    } catch (error) {
      if (isFull(error)) throw error;
    }
  }
}

/** A row that is damaged itself, so that the tables refuse it, is left out. */
function putRow(put: ReturnType<DatabaseSync['prepare']>, row: SQLInputValue[]): void {
  try {
    put.run(...row);
  } catch (error) {
    if (isFull(error)) throw error;
  }
}

/** Reads events and bodies one by one by ids of both tables and of the index by group. */
function copyKnown(hurt: DatabaseSync, database: DatabaseSync): void {
  const ids = new Set<number>();
  for (const sql of [
    'SELECT id FROM events INDEXED BY events_by_group WHERE grp >= 0 ORDER BY grp',
    'SELECT event AS id FROM bodies ORDER BY event',
    'SELECT event AS id FROM dictionaries ORDER BY event',
  ]) {
    for (const direction of ['ASC', 'DESC']) {
      try {
        for (const { id } of hurt.prepare(`${sql} ${direction}`).iterate()) ids.add(id as number);
        break;
      } catch {
        // From the other end, then.
      }
    }
  }
  for (const [table, columns, key] of [
    ['events', 'id, project, grp, event_id, level, release, environment, trace', 'id'],
    ['dictionaries', 'event, grp, body', 'event'],
    ['bodies', 'event, dictionary, body', 'event'],
  ]) {
    const has = database.prepare(`SELECT 1 FROM ${table} WHERE ${key} = ?`);
    const put = database.prepare(`INSERT OR IGNORE INTO ${table} (${columns}) VALUES (${columns.replaceAll(/\w+/g, '?')})`);
    const get = hurt.prepare(`SELECT ${columns} FROM ${table} WHERE ${key} = ?`, { returnArrays: true });
    for (const id of ids) {
      if (has.get(id)) continue;
      try {
        const row = get.get(id) as unknown as SQLInputValue[] | undefined;
        if (row) putRow(put, row);
      } catch (error) {
        if (isFull(error)) throw error;
      }
    }
  }
}

/** Issues that are lost and whose groups are not: begun anew under their number, unresolved. */
function mendIssues(database: DatabaseSync): void {
  const slugs = database.prepare('SELECT project, slug FROM issues GROUP BY project').all() as { project: number; slug: string }[];
  const lost = database
    .prepare(
      `SELECT issue, project, title, min(first_seen) AS first, max(last_seen) AS last, sum(events) AS events, first_release, last_release FROM groups
        WHERE issue NOT IN (SELECT id FROM issues) GROUP BY issue`,
    )
    .all();
  const put = database.prepare(
    `INSERT OR IGNORE INTO issues (id, project, short_id, slug, state, substate, since, first_seen, last_seen, events, users,
      level, handled, platform, type, title, culprit, first_release, last_release, metadata)
      VALUES (?1, ?2, ?3, ?4, 'unresolved', 'ongoing', ?5, ?5, ?6, ?7,
        (SELECT count(DISTINCT user) FROM groups JOIN group_users ON grp = groups.id WHERE issue = ?1), 'error', NULL, 'other', 'default', ?8, '', ?9, ?10, '{}')`,
  );
  for (const row of lost) {
    const slug = slugs.find(({ project }) => project === row.project)?.slug ?? `project-${String(row.project)}`;
    const number = database.prepare('INSERT INTO numbers VALUES (?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last').get(slug.toLowerCase()) as {
      last: number;
    };
    const shortId = `${slug.toUpperCase()}-${number.last.toString(36).toUpperCase()}`;
    put.run(row.issue, row.project, shortId, slug, row.first, row.last, row.events, row.title, row.first_release, row.last_release);
  }
}

/** Events of which only the body is left: their first hash says to which group they belong. */
function mendEvents(database: DatabaseSync): void {
  const group = database.prepare('SELECT id, project FROM groups WHERE hash = ?');
  const put = database.prepare('INSERT OR IGNORE INTO events (id, project, grp, event_id, level, release, environment, trace) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const text = database.prepare('SELECT id FROM texts WHERE text = ?');
  const numberOf = (value: string | undefined): number => (value ? ((text.get(value)?.id as number | undefined) ?? 0) : 0);
  const dictionary = database.prepare('SELECT body FROM dictionaries WHERE event = ?1 UNION ALL SELECT body FROM bodies WHERE event = ?1');
  for (const row of database.prepare('SELECT event, dictionary, body FROM bodies WHERE event NOT IN (SELECT id FROM events)').iterate()) {
    try {
      const by = row.dictionary === 0 ? undefined : dictionary.get(row.dictionary);
      const { event, hashes } = unpackBody(row.body as Uint8Array, by && dictionaryOf(by.body as Uint8Array));
      const groups = group.all(hashes[0]) as { id: number; project: number }[];
      // Several projects have the hash: whose the event was cannot be told.
      if (groups.length !== 1) continue;
      const { release, environment } = event;
      put.run(
        row.event,
        groups[0].project,
        groups[0].id,
        Buffer.from(event.event_id, 'hex'),
        LEVELS.indexOf(event.level),
        numberOf(release),
        numberOf(environment),
        numberOfTrace(event.contexts?.trace?.trace_id),
      );
    } catch (error) {
      if (isFull(error)) throw error;
    }
  }
}

const isFull = (error: unknown): boolean => (((error as { errcode?: number }).errcode ?? 0) & 0xff) === FULL;
