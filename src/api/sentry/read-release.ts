import { HeedError } from '../../core/errors.ts';
import { type Commit, type Deploy, MOST_COMMITS_BYTES, type ReleasePart } from '../../store/catalog/releases.ts';
import { momentOf } from './period.ts';

type Said = Readonly<Record<string, unknown>>;

const MOST_COMMITS = 200;
const MOST_MESSAGE = 500;
const MOST_FILES = 50;
const MOST_TEXT = 250;
const MOST_URL = 2000;

/** A release as a POST names it. */
export interface NamedRelease {
  version: string;
  /** Slugs or numbers. */
  projects: string[];
}

/** @throws HeedError `bad_release` */
export function readNamedRelease(body: unknown): NamedRelease {
  const said = objectOf(body);
  if (typeof said.version !== 'string' || said.version.trim() === '') throw bad('version is required');
  return { version: said.version, projects: readProjects(said) };
}

/** @throws HeedError `bad_release` */
export function readProjects(said: Said): string[] {
  const { projects = [] } = said;
  if (!Array.isArray(projects) || projects.length > 100) throw bad('projects must be a list of slugs');
  return projects.map((project) => {
    if (typeof project === 'string' || typeof project === 'number') return String(project);
    throw bad('projects must be a list of slugs');
  });
}

/** What a POST or PUT tells of a release; what it does not tell is undefined. @throws HeedError `bad_release`, `bad_parameter` */
export function readRelease(body: unknown): ReleasePart {
  const said = objectOf(body);
  return {
    started: timeOf(said.dateStarted, 'dateStarted'),
    released: timeOf(said.dateReleased, 'dateReleased'),
    archived: archivedOf(said.status),
    url: textOf(said.url, 'url', MOST_URL),
    ref: textOf(said.ref, 'ref', MOST_TEXT),
    commits: commitsOf(said),
  };
}

/** @throws HeedError `bad_release`, `bad_parameter` */
export function readDeploy(body: unknown, now: number): Omit<Deploy, 'id'> {
  const said = objectOf(body);
  const environment = textOf(said.environment, 'environment', MOST_TEXT) ?? '';
  if (environment === '') throw bad('environment is required');
  return {
    environment,
    name: textOf(said.name, 'name', MOST_TEXT) ?? '',
    url: textOf(said.url, 'url', MOST_URL) ?? '',
    started: timeOf(said.dateStarted, 'dateStarted'),
    finished: timeOf(said.dateFinished, 'dateFinished') ?? now,
  };
}

/** Commits with what they changed, or `refs`, which name the last one of each repository. As many as there is room for, the newest first. */
function commitsOf({ commits, refs }: Said): Commit[] | undefined {
  const list = commits ?? refs ?? undefined;
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw bad('commits and refs must be lists');
  const read: Commit[] = [];
  let room = MOST_COMMITS_BYTES - 2;
  for (const one of list.slice(0, MOST_COMMITS)) {
    const commit = commitOf(objectOf(one));
    room -= Buffer.byteLength(JSON.stringify(commit)) + 1;
    if (room < 0) break;
    read.push(commit);
  }
  return read;
}

function commitOf(said: Said): Commit {
  const id = said.id ?? said.commit;
  if (typeof id !== 'string' || id === '' || id.length > MOST_TEXT) throw bad('a commit needs an id');
  const files = Array.isArray(said.patch_set) ? said.patch_set.slice(0, MOST_FILES) : [];
  const cut = (text: unknown, most: number): string => (typeof text === 'string' ? text.trim().slice(0, most) : '');
  return {
    id,
    repository: cut(said.repository, MOST_TEXT),
    message: cut(said.message, MOST_MESSAGE),
    author: cut(said.author_name, MOST_TEXT),
    email: cut(said.author_email, MOST_TEXT),
    time: timeOf(said.timestamp, 'timestamp'),
    files: files.map((file) => {
      const { path, type } = objectOf(file);
      return { path: cut(path, MOST_TEXT), type: type === 'A' || type === 'D' ? type : 'M' };
    }),
  };
}

function archivedOf(status: unknown): boolean | undefined {
  if (status === undefined || status === null) return undefined;
  if (status === 'open' || status === 'archived') return status === 'archived';
  throw bad('status must be open or archived');
}

export function objectOf(body: unknown): Said {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Said;
  throw bad('a JSON object is needed');
}

function textOf(said: unknown, name: string, most: number): string | undefined {
  if (said === undefined || said === null) return undefined;
  if (typeof said === 'string' && said.length <= most) return said;
  throw bad(`${name} must be a text of at most ${most} characters`);
}

function timeOf(said: unknown, name: string): number | undefined {
  if (said === undefined || said === null) return undefined;
  if (typeof said === 'string') return momentOf(said, name);
  throw bad(`${name} must be an ISO time`);
}

const bad = (why: string): HeedError => new HeedError('bad_release', `cannot read the release: ${why}`);
