import type { EventAnswer, IssueAnswer, TraceAnswer } from '../../api/contract-errors.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';
import { ago, count, drawTrend, issueUrl, stateInWords } from '../issues/issue-words.ts';
import { traceInWords } from '../issues/trace-lines.ts';
import { stackInWords } from '../issues/stack-words.ts';
import { columns, printable, styleFor, type Style } from '../terminal.ts';

const MOST_TAGS = 12;
const MOST_VALUES = 3;

export default defineCommand({
  name: 'issue',
  about: 'Shows one issue: its state, its newest event with the source around each call, what else happened in its trace, and its tags.',
  args: [{ name: '<id>', about: 'Its short id, e.g. SHOP-1A, or its number.' }],
  options: [{ flags: '--json', about: 'Print the answers of issue, event and trace as JSON.' }],
  examples: ['heed issue SHOP-1A'],
  async run({ args: [id], options, io }) {
    const client = new ServerClient(io);
    const place = `/api/v1/issues/${encodeURIComponent(id)}`;
    const answer = await client.json<IssueAnswer>(place);
    const newest = await client.json<EventAnswer>(`${place}/events/latest`).catch((error: unknown) => {
      // All of its events may be older than events are kept.
      if (error instanceof HeedError && error.code === 'not_found') return undefined;
      throw error;
    });
    const trace = newest && (await client.json<TraceAnswer>(`${place}/events/${newest.event.event_id}/trace`));
    if (options.json) io.stdout.write(`${JSON.stringify({ ...answer, event: newest ?? null, trace: trace ?? null })}\n`);
    else io.stdout.write(inWords(answer, { newest, trace }, client.url, Date.now(), styleFor(io)));
    return EXIT.ok;
  },
});

interface Newest {
  newest?: EventAnswer;
  trace?: TraceAnswer;
}

function inWords({ issue, tags, links }: IssueAnswer, { newest, trace }: Newest, server: string, now: number, style: Style): string {
  const release = (name: string): string => (name === '' ? '' : `in ${printable(name)}`);
  const facts = [
    [style.dim('issue'), `${printable(issue.shortId)}, ${issue.level}, ${stateInWords(issue)}`],
    [style.dim('where'), printable(issue.culprit)],
    [style.dim('events'), `${count(issue.allEvents, 'event')} of ${count(issue.allUsers, 'user')}  ${drawTrend(issue.trend)}`],
    [style.dim('first'), `${ago(issue.firstSeen, now)} ${release(issue.firstRelease)}`],
    [style.dim('last'), `${ago(issue.lastSeen, now)} ${release(issue.lastRelease)}`],
    ...(issue.assignee === '' ? [] : [[style.dim('who'), printable(issue.assignee)]]),
    ...links.map(({ url, title }) => [style.dim('link'), printable(title === '' ? url : `${title} ${url}`)]),
    [style.dim('screen'), issueUrl(server, issue.shortId)],
  ];
  const event = newest ? `\n${style.dim(`event ${newest.event.event_id}, ${newest.place} of ${newest.kept}`)}\n${stackInWords(newest.event, style)}` : '';
  const around = newest && trace ? traceInWords(trace, { id: newest.event.event_id, time: newest.event.timestamp }, style) : '';
  const counted = tags.slice(0, MOST_TAGS).map(({ key, total, values }) => [
    style.dim(printable(key)),
    values
      .slice(0, MOST_VALUES)
      .map((one) => `${printable(one.value)} ${style.dim(`${Math.round((100 * one.count) / total)} %`)}`)
      .join('  '),
  ]);
  return `${style.bold(printable(issue.title))}\n${columns(facts)}${event}${around}${counted.length > 0 ? `\n${columns(counted)}` : ''}`;
}
