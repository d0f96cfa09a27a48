import type { Project } from '../../api/contract.ts';
import type { CommandIo } from '../../core/define.ts';
import { causeOf, HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';

/** A job does not wait longer for its server. */
const LONGEST_MS = 5000;

/** Where runs of jobs, and what fails in them, are told: what a DSN says. */
export interface JobDoor {
  dsn: string;
  /** Of the server, with no slash at its end. */
  base: string;
  project: string;
  key: string;
}

/** `https://KEY@host/path/1`. @throws HeedError `bad_option` */
export function readDsn(dsn: string): JobDoor {
  const url = URL.canParse(dsn) ? new URL(dsn) : undefined;
  const [, path, project] = /^(.*)\/(\d+)\/?$/.exec(url?.pathname ?? '') ?? [];
  if (url === undefined || project === undefined || url.username === '')
    throw new HeedError('bad_option', 'cannot read the DSN: write one like http://KEY@127.0.0.1:4400/1, as heed project list has them');
  return { dsn, base: `${url.protocol}//${url.host}${path}`, project, key: url.username };
}

/** By SENTRY_DSN, or of the project as the server at HEED_URL tells it. @throws HeedError */
export async function findDoor(io: CommandIo, project: string | undefined): Promise<JobDoor> {
  if (project === undefined && io.env.SENTRY_DSN) return readDsn(io.env.SENTRY_DSN);
  const client = new ServerClient({ ...io, signal: AbortSignal.timeout(LONGEST_MS) });
  const { dsn } = await client.json<Project>(`/api/v1/projects/${encodeURIComponent(project ?? 'default')}`);
  const door = readDsn(dsn);
  // The server is reached as HEED_URL says, which may differ from what it calls itself.
  return { ...door, base: client.url, dsn: client.url.replace('://', `://${door.key}@`) + `/${door.project}` };
}

/** @throws HeedError `unreachable`, `refused` */
export async function tellDoor({ base, project, key }: JobDoor, path: string, body: object): Promise<void> {
  let response: Response;
  try {
    response = await fetch(`${base}/api/${project}/${path}/?sentry_key=${key}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(LONGEST_MS),
    });
  } catch (error) {
    throw new HeedError('unreachable', `cannot reach ${base}: ${error instanceof Error && error.cause ? causeOf(error.cause) : causeOf(error)}`);
  }
  if (response.ok) return void (await response.arrayBuffer());
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new HeedError('refused', detail ?? `cannot tell ${base}: it answered ${response.status}`);
}
