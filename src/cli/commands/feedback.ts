import type { FeedbackAnswer, FeedbackDetail, FeedbackItem } from '../../api/contract-feedback.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';
import { ago } from '../issues/issue-words.ts';
import { columns, printable, styleFor, type Style } from '../terminal.ts';

const MOST_SHOWN = 80;

export default defineCommand({
  name: 'feedback',
  about: 'Lists what users wrote, the newest first, or one of it in full.',
  args: [{ name: '[id]', about: 'Its number, for all of it.' }],
  options: [
    { flags: '--project <slug>', about: 'Only of this project.' },
    { flags: '--state <state>', about: 'open, resolved, spam or all.', default: 'open' },
    { flags: '--query <words>', about: 'Only with all of these words.' },
    { flags: '--limit <count>', about: 'At most so many.', default: '25' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ['heed feedback', 'heed feedback 12', 'heed feedback --state all --query cart --json'],
  async run({ args: [id], options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    if (id !== undefined) {
      if (!/^\d{1,15}$/.test(id)) throw new HeedError('bad_option', `cannot show feedback '${id.slice(0, 40)}': give its number, which heed feedback tells`);
      const detail = await client.json<FeedbackDetail>(`/api/v1/feedback/${id}`);
      io.stdout.write(options.json ? `${JSON.stringify(detail)}\n` : inFull(detail, client.url, style));
      return EXIT.ok;
    }
    const question = new URLSearchParams({ state: String(options.state), limit: String(options.limit) });
    for (const key of ['project', 'query'] as const) if (typeof options[key] === 'string') question.set(key, options[key]);
    const answer = await client.json<FeedbackAnswer>(`/api/v1/feedback?${question}`);
    if (options.json) io.stdout.write(`${JSON.stringify(answer)}\n`);
    else if (answer.feedback.length > 0) io.stdout.write(columns(answer.feedback.map((item) => row(item, answer.now, client.url, style), [0])));
    else {
      const { open, resolved, spam } = answer.totals;
      io.stderr.write(
        open + resolved + spam === 0 ? 'heed: nobody wrote anything yet\n' : `heed: nothing here; ${open} open, ${resolved} resolved, ${spam} spam\n`,
      );
    }
    return answer.feedback.length === 0 ? EXIT.notFound : EXIT.ok;
  },
});

function row(item: FeedbackItem, now: number, server: string, style: Style): string[] {
  const [line] = item.message.split('\n', 1);
  return [
    style.bold(String(item.id)),
    printable(item.project),
    printable(line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN - 1)}…` : line),
    printable(whoOf(item)),
    item.issue?.shortId ?? '',
    ago(item.time, now),
    style.dim(`${server}/feedback?feedback=${item.id}`),
  ];
}

function inFull({ feedback: item, attachments, ownId }: FeedbackDetail, server: string, style: Style): string {
  const rows: [string, string][] = [
    ['from', whoOf(item)],
    ['at', new Date(item.time).toISOString()],
    ['state', item.changedBy === '' ? item.state : `${item.state}, by ${item.changedBy}`],
    ['page', item.url],
    ['with', item.browser],
    ['release', item.release],
    ['environment', item.environment],
    ['issue', item.issue ? `${item.issue.shortId} ${item.issue.title}` : ''],
    ...attachments.map((file): [string, string] => ['file', `${server}/api/v1/projects/${item.project}/events/${ownId}/attachments/${file.id}  ${file.name}`]),
    ['see', `${server}/feedback?state=all&feedback=${item.id}`],
  ];
  const message = item.message.split('\n').map(printable).join('\n');
  return `${message}\n\n${columns(rows.filter(([, value]) => value !== '').map(([name, value]) => [style.dim(name), printable(value)]))}`;
}

const whoOf = ({ name, email }: FeedbackItem): string => (name !== '' && email !== '' ? `${name} <${email}>` : name || email || 'somebody');
