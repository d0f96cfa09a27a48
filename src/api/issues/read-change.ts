import { HeedError } from '../../core/errors.ts';
import { suggestion } from '../../dashboards/nearest.ts';
import type { IssueChange } from '../../store/errors/errors-store.ts';

const WAYS = ['resolve', 'unresolve', 'archive', 'assign', 'bookmark', 'discard'];
const MOST_TEXT = 250;
const MOST_COUNT = 1e9;

type Said = Readonly<Record<string, unknown>>;

/**
 * Reads `{do:'resolve', inNextRelease:true}` and its like.
 * @throws HeedError `bad_change`
 */
export function readChange(body: object, now: number): IssueChange {
  const said = body as Said;
  switch (said.do) {
    case 'resolve': {
      const inRelease = textIn(said, 'inRelease');
      const inCommit = textIn(said, 'inCommit');
      const inNextRelease = flagIn(said, 'inNextRelease');
      if ([inRelease, inCommit, inNextRelease].filter(Boolean).length > 1) throw bad('say one of inRelease, inNextRelease and inCommit');
      return withUntil({ do: 'resolve' }, { inRelease, inCommit, inNextRelease });
    }
    case 'unresolve':
    case 'discard':
      return { do: said.do };
    case 'archive': {
      const time = countIn(said, 'time', 8.64e15);
      if (time !== undefined && time <= now) throw bad("'time' is past; it is milliseconds since 1970");
      const ends = { moreEvents: countIn(said, 'moreEvents'), moreUsers: countIn(said, 'moreUsers'), escalating: flagIn(said, 'escalating') };
      return withUntil({ do: 'archive' }, { time, ...ends });
    }
    case 'assign': {
      const { to } = said;
      if (typeof to !== 'string' || to.length > MOST_TEXT) throw bad(`'to' must be a text of at most ${MOST_TEXT} characters, empty for nobody`);
      return { do: 'assign', to: to.trim() };
    }
    case 'bookmark':
      if (typeof said.on !== 'boolean') throw bad("'on' must be true or false");
      return { do: 'bookmark', on: said.on };
    default:
      throw bad(`'do' must say what${suggestion(typeof said.do === 'string' ? said.do : '', WAYS)}`);
  }
}

function withUntil<Change extends IssueChange>(change: Change, ends: Said): Change {
  const given = Object.entries(ends).filter(([, value]) => value !== undefined && value !== false && value !== '');
  return given.length === 0 ? change : { ...change, until: Object.fromEntries(given) };
}

function textIn(said: Said, name: string): string | undefined {
  const value = said[name] ?? undefined;
  if (value === undefined || (typeof value === 'string' && value.length <= MOST_TEXT)) return value;
  throw bad(`'${name}' must be a text of at most ${MOST_TEXT} characters`);
}

function flagIn(said: Said, name: string): boolean | undefined {
  const value = said[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw bad(`'${name}' must be true or false`);
}

function countIn(said: Said, name: string, most = MOST_COUNT): number | undefined {
  const value = said[name] ?? undefined;
  if (value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most)) return value;
  throw bad(`'${name}' must be a whole number from 1 on`);
}

function bad(cause: string): HeedError {
  return new HeedError('bad_change', `cannot change issues: ${cause}`);
}
