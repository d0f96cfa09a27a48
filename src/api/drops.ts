import type { CounterName } from '../core/counters.ts';
import type { Drop } from './contract.ts';

/** Counters of what was dropped, e.g. `carbon.dropped.bad_line`, or taken and not kept, e.g. `sentry.not_kept.replay`. */
export type DropCounter = Extract<CounterName, `${string}.dropped.${string}` | `${string}.not_kept.${string}`>;

/** Every reason to drop something: its words, and one sentence on what to do about it. */
export const DROPS: Record<DropCounter, { reason: string; advice: string }> = {
  'statsd.dropped.bad_line': { reason: 'bad line', advice: 'Look at the packet echo: it underlines the part at fault and says what to write.' },
  'statsd.dropped.too_many_series': {
    reason: 'too many names at a time',
    advice: 'Find the client that puts ids or times into names, or raise statsdOptions.maxSeries.',
  },
  'statsd.dropped.too_many_members': {
    reason: 'too many members of a set',
    advice: 'Count at the client what has millions of different values, or flush more often with --flush.',
  },
  'statsd.dropped.too_many_samples': {
    reason: 'too many timings in one interval',
    advice: 'Sample timers at the client (|@0.1), or flush more often with --flush.',
  },
  'statsd.dropped.kernel': {
    reason: 'receive buffer of the kernel was full',
    advice: 'Raise net.core.rmem_max by sysctl and statsdOptions.receiveBufferMegabytes, and send several lines in a packet.',
  },
  'statsd.dropped.repeater': { reason: 'could not be repeated', advice: 'See that the servers in statsdOptions.repeat are up and can be reached.' },
  'statsd.dropped.too_long': { reason: 'line too long', advice: 'Send shorter lines: names have at most 1,024 bytes.' },
  'statsd.dropped.connections': { reason: 'too many connections', advice: 'Close idle clients, or raise carbonOptions.maxConnections.' },
  'statsd.dropped.facts': { reason: 'events came too fast', advice: 'Send fewer events and service checks, or group them at the client.' },
  'carbon.dropped.bad_line': {
    reason: 'bad line',
    advice: 'Write a name, a number and a time in seconds, with one space between; the packet echo shows the lines.',
  },
  'carbon.dropped.not_a_number': { reason: 'not a number', advice: 'Write numbers with a point, such as 0.42; nan is dropped.' },
  'carbon.dropped.bad_name': { reason: 'bad name', advice: 'Use printable names of at most 1,024 bytes without empty parts, and tags as key=value.' },
  'carbon.dropped.blacklist': { reason: 'on the black list', advice: 'This is as blacklist.conf says; change it there if it should be kept.' },
  'carbon.dropped.whitelist': { reason: 'not on the white list', advice: 'This is as whitelist.conf says; change it there if it should be kept.' },
  'carbon.dropped.bad_pickle': {
    reason: 'bad pickle',
    advice: 'Send lists of (name, (time, value)) with a 4-byte length before each; anything else is refused for safety.',
  },
  'carbon.dropped.too_long': { reason: 'line or message too long', advice: 'Send shorter lines, and pickles of at most 1 MB.' },
  'carbon.dropped.kernel': { reason: 'receive buffer of the kernel was full', advice: 'Send by TCP, or raise net.core.rmem_max by sysctl.' },
  'carbon.dropped.connections': {
    reason: 'too many connections',
    advice: 'Keep connections open instead of one a line, or raise carbonOptions.maxConnections.',
  },
  'carbon.dropped.table_full': { reason: 'too many names at a time', advice: 'Find the client that puts ids or times into names, or raise --max-series.' },
  'forward.dropped.spool_full': { reason: 'spool of a forward was full', advice: 'Bring the other carbon back, or raise forwardSpoolMegabytes.' },
  'forward.dropped.queue_full': {
    reason: 'forward too slow',
    advice: 'See that the disk is not too slow to spool, and the other carbon not too slow to take.',
  },
  'points.dropped.bad_name': { reason: 'bad name', advice: 'Use printable names of at most 1,024 bytes without empty parts.' },
  'points.dropped.too_many_series': { reason: 'too many series', advice: 'Remove series that nobody needs, or raise --max-series.' },
  'points.dropped.too_old': { reason: 'older than retention', advice: 'Send times in seconds and of now, or keep numbers longer with --retention.' },
  'points.dropped.in_future': { reason: 'time in the future', advice: "Set the senders' clocks by NTP, and send times in seconds, not milliseconds." },
  'points.dropped.queue_full': { reason: 'came faster than they can be stored', advice: 'Send less, or use a faster disk or processor.' },
  'points.dropped.disk_full': { reason: 'disk full', advice: 'Make room on the disk of the data folder; storing goes on by itself.' },
  'facts.dropped.queue_full': { reason: 'events came too fast', advice: 'Send fewer events, or use a faster disk.' },
  'facts.dropped.disk_full': { reason: 'disk full', advice: 'Make room on the disk of the data folder; storing goes on by itself.' },
  'facts.dropped.bad_fact': { reason: 'too large', advice: 'Send events of less than 1 MB in all.' },
  'facts.dropped.write_failed': { reason: 'could not be written', advice: 'Look at the log of heed serve: it says what the disk answered.' },
  'errors.dropped.queue_full': { reason: 'errors came too fast', advice: 'Find the loop that fails, sample errors at the client, or use a faster disk.' },
  'errors.dropped.disk_full': { reason: 'disk full', advice: 'Make room on the disk of the data folder; storing goes on by itself.' },
  'errors.dropped.bad_event': { reason: 'too large', advice: 'Send errors of less than 1 MB, with an id of 32 hex digits and a time.' },
  'errors.dropped.write_failed': { reason: 'could not be written', advice: 'Look at the log of heed serve: it says what the disk answered.' },
  'jobs.dropped.too_many_jobs': { reason: 'too many jobs', advice: 'Remove jobs of the project that run no more, or name those alike that are one.' },
  'jobs.dropped.write_failed': { reason: 'could not be written', advice: 'Look at the log of heed serve: it says what the disk answered.' },
  'feedback.dropped.write_failed': { reason: 'could not be written', advice: 'Look at the log of heed serve: it says what the disk answered.' },
  'feedback.dropped.too_many': {
    reason: 'too much feedback',
    advice: 'Remove what is of no use any more: of more than 100,000 the oldest that is resolved or spam goes.',
  },
  'attachments.dropped.too_large': { reason: 'attachment too large', advice: 'Attach files of at most 20 MB.' },
  'attachments.dropped.too_many': { reason: 'too many attachments of one event', advice: 'Attach at most 20 files with 100 MB to an event.' },
  'attachments.dropped.no_event': { reason: 'attachment of no event', advice: 'Send attachments in the envelope of their event, or with its event_id.' },
  'attachments.dropped.no_room': {
    reason: 'oldest attachments made room for newer ones',
    advice: 'Attach less, or fetch what you need before it goes: a project may have 2 GB, all together 5 GB.',
  },
  'attachments.dropped.write_failed': {
    reason: 'attachment could not be written',
    advice: 'Make room on the disk of the data folder; the events are kept.',
  },
  'sentry.dropped.bad_key': { reason: 'no key, an unknown or a revoked one', advice: 'Copy the DSN of the project from the screens into the SDK.' },
  'sentry.dropped.foreign_origin': {
    reason: 'page of an origin that the project does not allow',
    advice: 'Add the origin in Settings, Projects, Limits, if it is yours.',
  },
  'sentry.dropped.bad_request': {
    reason: 'request could not be read',
    advice: 'Look at the header X-Sentry-Error of the answer; proxies between may cut bodies.',
  },
  'sentry.dropped.bad_item': {
    reason: 'part of an envelope could not be read',
    advice: 'Look at the header X-Sentry-Error of the answer, and update the SDK.',
  },
  'sentry.dropped.too_large': { reason: 'too large', advice: 'Send events of less than 1 MB, and bodies of less than 20 MB.' },
  'sentry.dropped.rate_limited': {
    reason: 'too many in a minute',
    advice: 'Find what fails so often, sample in the SDK, or raise errorsOptions.mostPerMinute.',
  },
  'sentry.dropped.day_full': {
    reason: "a day's share of the disk was used",
    advice: 'Find what sends so much, make room on the disk, or raise errorsOptions.dayPercentOfDisk.',
  },
  'sentry.dropped.queue_full': { reason: 'came faster than they can be read', advice: 'Sample in the SDKs, or use a faster processor or disk.' },
  'sentry.dropped.too_many_names': { reason: 'too many names of numbers', advice: 'Find the metric or release names that hold ids or times.' },
  'sentry.not_kept.nel': { reason: 'network error reports are not kept', advice: 'Take report-to and NEL out of the answers of your site.' },
  'sentry.not_kept.noise': { reason: 'reports about browser extensions are not kept', advice: 'No site can help those; nothing is to be done.' },
  'sentry.not_kept.profile': { reason: 'profiles are not kept', advice: 'Turn profiling off in the SDK.' },
  'sentry.not_kept.replay': { reason: 'replays are not kept', advice: 'Turn session replay off in the SDK.' },
  'sentry.not_kept.span': { reason: 'only the roots of traces are kept', advice: 'Lower tracesSampleRate in the SDK.' },
  'sentry.not_kept.other': { reason: 'of a kind that is not kept', advice: 'Nothing is to be done; the rest of the envelope was taken.' },
};

/** Why a counter of drops counts, in words, e.g. `bad line`; empty for other counters. */
export function reasonInWords(counter: CounterName): string {
  return DROPS[counter as DropCounter]?.reason ?? '';
}

/** What to do about it, one sentence; empty for other counters. */
export function adviceFor(counter: CounterName): string {
  return DROPS[counter as DropCounter]?.advice ?? '';
}

/** By the first part of the counter. */
const PARTS: Record<string, string> = {
  statsd: 'StatsD',
  carbon: 'Carbon',
  forward: 'Forwarding',
  points: 'Points store',
  facts: 'Facts store',
  errors: 'Errors store',
  jobs: 'Jobs store',
  feedback: 'Feedback store',
  attachments: 'Attachments',
  sentry: 'Sentry',
};

/** Who dropped it, e.g. `StatsD`. */
export function partOf(counter: DropCounter): string {
  return PARTS[counter.split('.')[0]];
}

/** What was dropped, most first; counters at 0 are left out. */
export function listDrops(counts: Record<CounterName, number>): Drop[] {
  return (Object.keys(DROPS) as DropCounter[])
    .filter((counter) => counts[counter] > 0)
    .map((counter) => ({ counter, part: partOf(counter), count: counts[counter], ...DROPS[counter] }))
    .toSorted((a, b) => b.count - a.count);
}
