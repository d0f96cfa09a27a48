import { type ChangedHour, type NewSessions, OUTCOMES } from '../sessions.ts';
import type { ErrorsFile } from './errors-file.ts';
import type { Memory } from './memory.ts';
import { rememberRelease } from './seen-releases.ts';
import { HOUR } from './tally.ts';
import { userHash, UserSketch } from './user-sketch.ts';

/** Releases by environments of a project that are told apart in an hour. */
const MOST_PLACES = 500;

/** A release of a project in an environment, in an hour. */
interface Place {
  project: number;
  hour: number;
  release: number;
  environment: number;
}

/** What a batch changes in one place. */
interface Change extends Place {
  /** By outcome; what becomes worse is taken from one and given to another. */
  sessions: number[];
  users: Map<number, Set<number>>;
}

interface OpenSession extends Place {
  session: number;
  user: number;
  sequence: number;
  outcome: number;
  counted: number;
}

/** Counts sessions, or changes how they went, within one transaction; many of one place become one change of its rows. */
export function addSessions(file: ErrorsFile, memory: Memory, told: readonly NewSessions[]): ChangedHour[] {
  const changes = new Map<string, Change>();
  for (const one of told) {
    rememberRelease(file, memory, { project: one.project, release: one.release, time: one.started });
    const place = placeOf(file, memory, one);
    const user = one.user === '' ? 0 : userHash(one.user);
    if ('counts' in one) {
      const change = changeAt(changes, place);
      for (const [outcome, name] of OUTCOMES.entries()) {
        if (one.counts[name] === 0) continue;
        change.sessions[outcome] += one.counts[name];
        addUser(change, outcome, user);
      }
    } else {
      const session = Number.parseInt(one.id.slice(-13), 16);
      update(file, changes, { ...place, session, user, sequence: one.sequence, outcome: OUTCOMES.indexOf(one.outcome), counted: Number(one.first) });
    }
  }
  for (const change of changes.values()) write(file, change);
  const hours = new Map([...changes.values()].map(({ project, hour }) => [`${project} ${hour}`, { project, time: hour * HOUR }]));
  return [...hours.values()];
}

/** What is told of a session may come in any order, and more than once: the highest sequence holds, of equal ones the worst. */
function update(file: ErrorsFile, changes: Map<string, Change>, told: OpenSession): void {
  const known = file.get<OpenSession>('SELECT * FROM sessions WHERE project = ? AND session = ?', told.project, told.session);
  const isNewer = !known || told.sequence > known.sequence || (told.sequence === known.sequence && told.outcome > known.outcome);
  // Where and when it began says the first that is told of it.
  const place = known && (known.counted || !told.counted) ? known : told;
  const now: OpenSession = {
    project: told.project,
    session: told.session,
    hour: place.hour,
    release: place.release,
    environment: place.environment,
    user: told.user || (known?.user ?? 0),
    sequence: isNewer ? told.sequence : known.sequence,
    outcome: isNewer ? told.outcome : known.outcome,
    counted: told.counted || (known?.counted ?? 0),
  };
  file.run(
    'INSERT OR REPLACE INTO sessions (project, session, hour, release, environment, user, sequence, outcome, counted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    now.project,
    now.session,
    now.hour,
    now.release,
    now.environment,
    now.user,
    now.sequence,
    now.outcome,
    now.counted,
  );
  if (!now.counted || (known?.counted && known.outcome === now.outcome && known.user === now.user)) return;
  const change = changeAt(changes, now);
  if (known?.counted) change.sessions[known.outcome]--;
  change.sessions[now.outcome]++;
  addUser(change, now.outcome, now.user);
}

function addUser({ users }: Change, outcome: number, user: number): void {
  if (user === 0) return;
  for (const kind of new Set([0, Math.min(outcome, 1), outcome])) {
    let some = users.get(kind);
    if (!some) users.set(kind, (some = new Set()));
    some.add(user);
  }
}

function placeOf(file: ErrorsFile, memory: Memory, { project, started, release, environment }: NewSessions): Place {
  const hour = Math.floor(started / HOUR);
  const place = { project, hour, release: memory.numberOf(file, release), environment: memory.numberOf(file, environment) };
  const key = `sessions ${project} ${hour} ${place.release} ${place.environment}`;
  if (memory.seen.get(key) !== undefined) return place;
  const known = file.get(
    'SELECT 1 FROM session_hours WHERE project = ? AND hour = ? AND release = ? AND environment = ?',
    project,
    hour,
    place.release,
    place.environment,
  );
  if (!known) {
    const { places } = file.get<{ places: number }>('SELECT count(*) AS places FROM session_hours WHERE project = ? AND hour = ?', project, hour) ?? {
      places: 0,
    };
    if (places >= MOST_PLACES) return { project, hour, release: 0, environment: 0 };
    file.run(
      'INSERT INTO session_hours (project, hour, release, environment, healthy, errored, unhandled, abnormal, crashed) VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0)',
      project,
      hour,
      place.release,
      place.environment,
    );
  }
  memory.seen.set(key, 1);
  return place;
}

function changeAt(changes: Map<string, Change>, { project, hour, release, environment }: Place): Change {
  const key = `${project} ${hour} ${release} ${environment}`;
  let change = changes.get(key);
  if (!change) changes.set(key, (change = { project, hour, release, environment, sessions: OUTCOMES.map(() => 0), users: new Map() }));
  return change;
}

function write(file: ErrorsFile, { project, hour, release, environment, sessions, users }: Change): void {
  file.run(
    `INSERT INTO session_hours (project, hour, release, environment, healthy, errored, unhandled, abnormal, crashed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET healthy = healthy + excluded.healthy, errored = errored + excluded.errored, unhandled = unhandled + excluded.unhandled,
        abnormal = abnormal + excluded.abnormal, crashed = crashed + excluded.crashed`,
    project,
    hour,
    release,
    environment,
    ...sessions,
  );
  for (const [outcome, some] of users) {
    const known = file.get<{ thinned: number; users: Uint8Array }>(
      'SELECT thinned, users FROM session_users WHERE project = ? AND hour = ? AND release = ? AND environment = ? AND outcome = ?',
      project,
      hour,
      release,
      environment,
      outcome,
    );
    const sketch = known ? UserSketch.read(known.thinned, known.users) : new UserSketch();
    let changed = false;
    for (const user of some) changed = sketch.add(user) || changed;
    if (changed)
      file.run(
        'INSERT OR REPLACE INTO session_users VALUES (?, ?, ?, ?, ?, ?, ?)',
        project,
        hour,
        release,
        environment,
        outcome,
        sketch.thinned,
        sketch.bytes(),
      );
  }
}
