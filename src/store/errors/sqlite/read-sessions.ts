import { HeedError } from '../../../core/errors.ts';
import { NO_SESSIONS, OUTCOMES, type SessionCounts, type SessionsAnswer, type SessionsQuestion } from '../sessions.ts';
import type { ErrorsFile } from './errors-file.ts';
import type { Memory } from './memory.ts';
import { HOUR } from './tally.ts';
import { UserSketch } from './user-sketch.ts';

const MOST_SLOTS = 10_000;
const MOST_ROWS = 1000;
const USERS = ['users', 'usersErrored', 'usersUnhandled', 'usersAbnormal', 'usersCrashed'] as const;

interface Row {
  project: number;
  release: number;
  environment: number;
  totals: SessionCounts;
  series: SessionCounts[];
  /** Of the whole, and of each slot; by outcome. */
  users: Map<number, UserSketch[]>;
}

/** @throws HeedError `bad_step` */
export function sessionsOver(file: ErrorsFile, memory: Memory, question: SessionsQuestion): SessionsAnswer {
  const { step, by } = question;
  if (step !== undefined && (!(step >= HOUR) || step % HOUR !== 0))
    throw new HeedError('bad_step', `cannot count sessions in steps of ${step} ms: they must be whole hours`);
  const start = Math.floor(question.from / (step ?? HOUR)) * (step ?? HOUR);
  const slots = step === undefined ? 0 : Math.max(1, Math.ceil((question.until - start) / step));
  if (slots > MOST_SLOTS) throw new HeedError('bad_step', `cannot count ${slots} steps: at most ${MOST_SLOTS}; take longer ones`);
  const [first, last] = [start / HOUR, step === undefined ? Math.ceil(question.until / HOUR) - 1 : (start + slots * step) / HOUR - 1];
  const rows = new Map<string, Row>();
  const rowOf = (of: { project: number; release: number; environment: number }): Row => {
    const key = by.map((name) => of[name]).join(' ');
    let row = rows.get(key);
    if (!row) {
      const named = (name: 'project' | 'release' | 'environment'): number => (by.includes(name) ? of[name] : 0);
      const series = Array.from({ length: slots }, () => ({ ...NO_SESSIONS }));
      row = { project: named('project'), release: named('release'), environment: named('environment'), totals: { ...NO_SESSIONS }, series, users: new Map() };
      rows.set(key, row);
    }
    return row;
  };
  const slotOf = (hour: number): number => (step === undefined ? -1 : Math.floor(((hour - first) * HOUR) / step));
  const { where, values } = condition(file, question, first, last);
  const hour = step === undefined ? '0' : 'hour';
  // Totals need no more than a row for all hours.
  for (const found of file.all<Record<string, number> & { project: number; release: number; environment: number }>(
    `SELECT project, release, environment, ${hour} AS slot, ${OUTCOMES.map((name) => `sum(${name}) AS ${name}`).join(', ')}
      FROM session_hours WHERE ${where} GROUP BY 1, 2, 3, 4`,
    ...values,
  )) {
    const row = rowOf(found);
    addCounts(row.totals, found);
    if (slots > 0) addCounts(row.series[slotOf(found.slot)], found);
  }
  if (question.users !== false) {
    for (const found of file.prepare(`SELECT * FROM session_users WHERE ${where}`).iterate(...values) as Iterable<
      Record<string, number> & { users: unknown }
    >) {
      const row = rowOf(found as unknown as Row);
      for (const place of slots > 0 ? [-1, slotOf(found.hour)] : [-1]) {
        let sketches = row.users.get(place);
        if (!sketches) row.users.set(place, (sketches = USERS.map(() => new UserSketch())));
        sketches[found.outcome].joinKept(found.thinned, found.users as Uint8Array);
      }
    }
    for (const row of rows.values()) {
      for (const [place, sketches] of row.users) {
        const counts = place < 0 ? row.totals : row.series[place];
        for (const [outcome, name] of USERS.entries()) counts[name] = sketches[outcome].count;
      }
    }
  }
  const named = [...rows.values()].map(({ project, release, environment, totals, series }) => ({
    project,
    release: memory.textOf(file, release),
    environment: memory.textOf(file, environment),
    totals,
    series,
  }));
  return { start: step === undefined ? 0 : start, step: step ?? 0, rows: named.toSorted((a, b) => b.totals.sessions - a.totals.sessions).slice(0, MOST_ROWS) };
}

function condition(file: ErrorsFile, { project, release, environment }: SessionsQuestion, first: number, last: number): { where: string; values: number[] } {
  const [where, values] = [['hour BETWEEN ? AND ?'], [first, last]];
  const numberOf = (text: string): number => (text === '' ? 0 : (file.get<{ id: number }>('SELECT id FROM texts WHERE text = ?', text)?.id ?? -1));
  for (const [column, value] of [
    ['project', project ?? undefined],
    ['release', release === undefined ? undefined : numberOf(release)],
    ['environment', environment === undefined ? undefined : numberOf(environment)],
  ] as const) {
    if (value === undefined) continue;
    where.push(`${column} = ?`);
    values.push(value);
  }
  return { where: where.join(' AND '), values };
}

function addCounts(counts: SessionCounts, found: Record<string, number>): void {
  for (const name of OUTCOMES) {
    counts.sessions += found[name];
    if (name !== 'healthy') counts[name] += found[name];
  }
}
