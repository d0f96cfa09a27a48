import type { ErrorEvent } from '../../../core/error-event.ts';
import type { JobClue } from '../../../core/job-clue.ts';
import { slugOf } from '../../../core/slug.ts';
import { readEventId } from './event-id.ts';
import { lineOf } from './shapes.ts';

const MOST_SLUG = 50;
const MOST_NAME = 200;

/**
 * What an event says of its job: `contexts.job {name, run, file, record}`, `contexts.monitor {slug, id}`, tags `job`, `job.run`, `job.file` and `job.record`, and the
 * trace, within which clients run what they check in. Undefined when it says nothing of it.
 */
export function readJob({ contexts, tags }: Pick<ErrorEvent, 'contexts' | 'tags'>): JobClue | undefined {
  const job = contexts?.job ?? {};
  const monitor = contexts?.monitor ?? {};
  const tag = (...names: string[]): string | undefined => tags.find(([key]) => names.includes(key))?.[1];
  const named = lineOf(job.name ?? job.slug ?? monitor.slug ?? tag('job', 'monitor.slug'), MOST_NAME);
  const slug = named === undefined ? undefined : (/^[\w-]+$/.test(named) ? named.toLowerCase() : slugOf(named)).slice(0, MOST_SLUG) || undefined;
  const run = [job.run, job.id, job.check_in_id, monitor.id, monitor.check_in_id, tag('job.run', 'monitor.id')].map(readEventId).find((id) => id !== undefined);
  const trace = readEventId(contexts?.trace?.trace_id);
  if (slug === undefined && run === undefined && trace === undefined) return undefined;
  return {
    ...(slug !== undefined && { slug }),
    ...(run !== undefined && { run }),
    ...(trace !== undefined && { trace }),
    file: lineOf(job.file ?? tag('job.file'), MOST_NAME) ?? '',
    record: lineOf(job.record ?? job.row ?? job.line ?? tag('job.record'), MOST_NAME) ?? '',
  };
}
