import type { SQLInputValue } from 'node:sqlite';
import { HeedError } from '../../../core/errors.ts';
import type { IssueTerm } from '../errors-store.ts';
import { numberOfTrace } from './event-row.ts';
import { spanOf } from './moment.ts';
import { FRESH } from './states.ts';
import { likeOf } from './wildcard.ts';

/** A condition on `issues`, in SQL. */
export interface Condition {
  sql: string;
  values: SQLInputValue[];
}

const MOST_TERMS = 50;
const MOST_VALUES = 200;
const LONGEST_VALUE = 500;
const MOST_STARS = 10;
const COMPARISONS = ['>', '>=', '<', '<=', '='] as const;

/**
 * What a search and a project ask of issues.
 * @throws HeedError `bad_search` for terms that mean nothing
 */
export function conditionOf(project: number | null, terms: readonly IssueTerm[], now: number): Condition {
  if (terms.length > MOST_TERMS) throw new HeedError('bad_search', `cannot search for ${terms.length} terms: ${MOST_TERMS} are allowed`);
  const count = terms.reduce((sum, { any = [] }) => sum + 1 + any.length, 0);
  if (count > MOST_VALUES) throw new HeedError('bad_search', `cannot search for ${count} values: ${MOST_VALUES} are allowed`);
  const all = terms.map((term) => negated(term, conditionOfAny(term, now)));
  if (project !== null) all.unshift({ sql: 'project = ?', values: [project] });
  return { sql: all.map(({ sql }) => sql).join(' AND ') || '1', values: all.flatMap(({ values }) => values) };
}

function checked(term: IssueTerm): IssueTerm {
  const { key, value } = term;
  if (value.length > LONGEST_VALUE || value.split('*').length > MOST_STARS + 1)
    throw new HeedError('bad_search', `cannot search for ${key}: a value has at most ${LONGEST_VALUE} letters and ${MOST_STARS} stars`);
  return term;
}

/** Any of the values will do. */
function conditionOfAny(term: IssueTerm, now: number): Condition {
  const all = [term.value, ...(term.any ?? [])].map((value) => conditionOfTerm(checked({ ...term, value }), now));
  return { sql: all.map(({ sql }) => (all.length === 1 ? sql : `(${sql})`)).join(' OR '), values: all.flatMap(({ values }) => values) };
}

function negated({ not }: IssueTerm, { sql, values }: Condition): Condition {
  return not ? { sql: `NOT coalesce(${sql}, 0)`, values } : { sql: `(${sql})`, values };
}

function conditionOfTerm(term: IssueTerm, now: number): Condition {
  const { key, operator, value } = term;
  switch (key) {
    case 'is':
      return is(value.toLowerCase(), now);
    case 'text':
      return textual(operator === 'glob' ? value : `*${value}*`, ['title', 'culprit', "coalesce(json_extract(metadata, '$.value'), '')"]);
    case 'title':
      return textual(term.value, ['title']);
    case 'message':
      return textual(operator === 'glob' ? value : `*${value}*`, ['title', "coalesce(json_extract(metadata, '$.value'), '')"]);
    case 'issue':
      return textual(term.value, ['short_id']);
    case 'platform':
      return textual(term.value, ['platform']);
    case 'level':
      return textual(term.value, ['level']);
    case 'firstRelease':
      return textual(term.value, ['first_release']);
    case 'lastRelease':
      return textual(term.value, ['last_release']);
    case 'assigned':
      if (value === 'none') return { sql: `assignee = ''`, values: [] };
      return textual(term.value, ['assignee']);
    case 'bookmarks':
      return { sql: 'bookmarked = 1', values: [] };
    case 'timesSeen':
      return numeric(term, 'events');
    case 'users':
      return numeric(term, 'users');
    case 'firstSeen':
    case 'age':
      return timely(term, 'first_seen', now);
    case 'lastSeen':
      return timely(term, 'last_seen', now);
    case 'error.handled':
    case 'error.unhandled':
      return { sql: 'handled = ?', values: [Number(truth(key, value) === (key === 'error.handled'))] };
    case 'trace':
      return ofTrace(value);
    case 'has':
      return has(value);
    case 'user.id':
    case 'user.email':
    case 'user.username':
    case 'user.ip':
      return ofUser(key.slice('user.'.length), term.value);
    default:
      return tagged(key === 'error.type' ? key : key.replace(/^tags\[(.*)\]$/, '$1'), term.value);
  }
}

function is(value: string, now: number): Condition {
  const fresh = now - FRESH;
  switch (value) {
    case 'unresolved':
    case 'resolved':
    case 'archived':
      return { sql: 'state = ?', values: [value] };
    case 'ignored':
      return { sql: `state = 'archived'`, values: [] };
    case 'assigned':
      return { sql: `assignee <> ''`, values: [] };
    case 'unassigned':
      return { sql: `assignee = ''`, values: [] };
    case 'new':
    case 'regressed':
    case 'escalating':
      return { sql: `state = 'unresolved' AND substate = ? AND since > ?`, values: [value, fresh] };
    case 'ongoing':
      return { sql: `state = 'unresolved' AND (substate = 'ongoing' OR since <= ?)`, values: [fresh] };
    case 'for_review':
      return { sql: `state = 'unresolved' AND substate <> 'ongoing' AND since > ?`, values: [fresh] };
    default:
      throw new HeedError(
        'bad_search',
        `cannot search for is:${value}: write unresolved, resolved, archived, ignored, assigned, unassigned, new, ongoing, regressed, escalating or for_review`,
      );
  }
}

function like(pattern: string): { operator: string; value: string } {
  return /[*]/.test(pattern) ? { operator: `LIKE ? ESCAPE '\\'`, value: likeOf(pattern) } : { operator: '= ? COLLATE NOCASE', value: pattern };
}

function textual(pattern: string, columns: string[]): Condition {
  const { operator, value } = like(pattern);
  return { sql: columns.map((column) => `${column} ${operator}`).join(' OR '), values: columns.map(() => value) };
}

function numeric({ key, operator, value }: IssueTerm, column: string): Condition {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new HeedError('bad_search', `cannot search for ${key}:${value}: write a number, e.g. ${key}:>10`);
  // What is put into SQL is never taken from outside.
  const comparison = COMPARISONS.find((known) => known === operator) ?? '=';
  return { sql: `${column} ${comparison} ?`, values: [number] };
}

function timely({ key, operator, value }: IssueTerm, column: string, now: number): Condition {
  const { from, until } = spanOf(key, operator, value, now);
  const [first, last] = [Math.max(from, -9e15), Math.min(until, 9e15)];
  return { sql: `${column} BETWEEN ? AND ?`, values: [first, last] };
}

function truth(key: string, value: string): boolean {
  const lower = value.toLowerCase();
  if (['1', 'true', 'yes'].includes(lower)) return true;
  if (['0', 'false', 'no'].includes(lower)) return false;
  throw new HeedError('bad_search', `cannot search for ${key}:${value}: write true or false`);
}

const GROUPS = 'SELECT 1 FROM groups CROSS JOIN';

function has(key: string): Condition {
  return {
    sql: `EXISTS (${GROUPS} tags ON tags.grp = groups.id WHERE groups.issue = issues.id AND tags.key = (SELECT id FROM texts WHERE text = ?))`,
    values: [key],
  };
}

function tagged(key: string, pattern: string): Condition {
  if (pattern === '') {
    const { sql, values } = has(key);
    return { sql: `NOT ${sql}`, values };
  }
  // A value itself is looked up; only patterns are compared with all values.
  const { operator, value } = /[*]/.test(pattern) ? like(pattern) : { operator: '= ?', value: pattern };
  return {
    sql: `EXISTS (${GROUPS} tags ON tags.grp = groups.id WHERE groups.issue = issues.id AND tags.key = (SELECT id FROM texts WHERE text = ?) AND tags.value ${operator})`,
    values: [key, value],
  };
}

function ofTrace(value: string): Condition {
  const trace = value.trim().replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(trace)) throw new HeedError('bad_search', `cannot search for trace:${value}: write the whole id, 32 hex digits`);
  return {
    sql: 'issues.id IN (SELECT issue FROM events INDEXED BY events_by_trace JOIN groups ON groups.id = grp WHERE trace = ? AND trace <> 0)',
    values: [numberOfTrace(trace)],
  };
}

function ofUser(column: string, pattern: string): Condition {
  const { operator, value } = like(pattern);
  return {
    sql: `EXISTS (${GROUPS} group_users ON group_users.grp = groups.id WHERE groups.issue = issues.id
      AND group_users.user IN (SELECT user FROM people WHERE people.${column} ${operator} LIMIT 1000))`,
    values: [value],
  };
}
