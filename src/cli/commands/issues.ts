import type { IssuesAnswer } from '../../api/contract-errors.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { formatCount } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { issueRow } from '../issues/issue-words.ts';
import { columns, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'issues',
  about: 'Lists issues: errors of one kind, each with how often it came, how many users met it, and where its screen is.',
  args: [{ name: '[query]', about: "Conditions as in Sentry, e.g. 'is:unresolved release:1.4* timesSeen:>10'; is:unresolved unless given." }],
  options: [
    { flags: '--project <slug>', about: 'Only of this project.' },
    { flags: '--sort <order>', about: 'date (last seen), new (first seen), freq (events), user (users), trends.', default: 'date' },
    { flags: '--from <time>', about: 'Count events from this time on, as in /render.', default: '-14d' },
    { flags: '--limit <count>', about: 'Most issues to list, at most 100.', default: '25' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ['heed issues', "heed issues 'is:unresolved level:fatal has:user' --sort user --from -24h"],
  async run({ args: [query = 'is:unresolved'], options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    const question = new URLSearchParams({ query, sort: String(options.sort), from: String(options.from), limit: String(options.limit) });
    if (typeof options.project === 'string') question.set('project', options.project);
    const answer = await client.json<IssuesAnswer>(`/api/v1/issues?${question}`);
    const { issues, total, until } = answer;
    if (options.json) io.stdout.write(`${JSON.stringify(answer)}\n`);
    else
      io.stdout.write(
        columns(
          issues.map((issue) => issueRow(issue, client.url, until, style)),
          [2, 3, 4],
        ),
      );
    if (!options.json && issues.length === 0) io.stderr.write('heed: no issue matches\n');
    if (!options.json && total > issues.length) io.stderr.write(`heed: ${formatCount(issues.length)} of ${formatCount(total)}; --limit shows more\n`);
    return issues.length === 0 ? EXIT.notFound : EXIT.ok;
  },
});
