import type { ReleaseAnswer, ReleaseItem, ReleasesAnswer } from '../../api/contract-releases.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { formatCount, formatShare } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { ago, issueRow } from '../issues/issue-words.ts';
import { columns, printable, styleFor, type Style } from '../terminal.ts';

const MOST_COMMITS = 10;
const STATES = { worse: 'bad', better: 'ok', same: 'ok', early: 'none', first: 'none', unknown: 'none' } as const;

export default defineCommand({
  name: 'releases',
  about: 'Lists releases with a verdict against the one before, or shows one; of one that is worse the exit code is 1, so that a deployment can stop there.',
  args: [{ name: '[version]', about: 'The release to show.' }],
  options: [
    { flags: '--project <slug>', about: 'Only of this project.' },
    { flags: '--environment <name>', about: 'Only what came from this environment.' },
    { flags: '--sort <order>', about: 'date (newest first), adoption, crash_free (lowest first), sessions, new (issues).', default: 'date' },
    { flags: '--from <time>', about: 'Count sessions from this time on, as in /render.', default: '-14d' },
    { flags: '--limit <count>', about: 'Most releases to list, at most 100.', default: '25' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ['heed releases', 'heed releases shop@1.4.2 --environment production', "heed releases --json | jq -r '.releases[].verdict.words'"],
  async run({ args: [version], options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    const question = new URLSearchParams({ from: String(options.from) });
    for (const name of ['project', 'environment']) if (typeof options[name] === 'string') question.set(name, options[name]);
    if (version !== undefined) {
      const answer = await client.json<ReleaseAnswer>(`/api/v1/releases/${encodeURIComponent(version)}?${question}`);
      io.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : inWords(answer, client.url, style));
      return answer.release.verdict.kind === 'worse' ? EXIT.failed : EXIT.ok;
    }
    question.set('sort', String(options.sort));
    question.set('limit', String(options.limit));
    const answer = await client.json<ReleasesAnswer>(`/api/v1/releases?${question}`);
    const { releases, total } = answer;
    if (options.json) io.stdout.write(`${JSON.stringify(answer)}\n`);
    else
      io.stdout.write(
        columns(
          releases.map((release) => rowOf(release, answer.until, client.url, style)),
          [2, 3, 4],
        ),
      );
    if (!options.json && releases.length === 0)
      io.stderr.write('heed: no release yet; clients name theirs by the option release, builds by sentry-cli releases new\n');
    if (!options.json && total > releases.length) io.stderr.write(`heed: ${formatCount(releases.length)} of ${formatCount(total)}; --limit shows more\n`);
    return releases.length === 0 ? EXIT.notFound : EXIT.ok;
  },
});

const addressOf = (server: string, version: string): string => `${server}/releases/${encodeURIComponent(version)}`;

function rowOf(release: ReleaseItem, now: number, server: string, style: Style): string[] {
  const { version, adoption, sessions, crashFreeSessions, created, verdict } = release;
  return [
    style.state(STATES[verdict.kind]),
    style.bold(printable(version)),
    crashFreeSessions === null ? style.dim('–') : formatShare(crashFreeSessions),
    `${formatCount(sessions)} sessions`,
    adoption === null ? '' : `${Math.round(adoption)} % use it`,
    style.dim(ago(created, now)),
    printable(verdict.words),
    style.dim(addressOf(server, version)),
  ];
}

function inWords({ release, outcomes, issues, commits, deploys, until }: ReleaseAnswer, server: string, style: Style): string {
  const share = (percent: number | null): string => (percent === null ? 'none' : formatShare(percent));
  const { errored, unhandled, abnormal, crashed } = outcomes;
  const counted = Object.entries({ crashed, abnormal, unhandled, errored }).filter(([, count]) => count > 0);
  const facts = [
    [style.dim('verdict'), `${style.state(STATES[release.verdict.kind])} ${printable(release.verdict.words)}`],
    [style.dim('projects'), release.projects.map(printable).join(', ')],
    [style.dim('crash-free'), `${share(release.crashFreeSessions)} of sessions, ${share(release.crashFreeUsers)} of users`],
    [style.dim('sessions'), [formatCount(release.sessions), ...counted.map(([what, count]) => `${formatCount(count)} ${what}`)].join(', ')],
    ...(release.adoption === null ? [] : [[style.dim('adoption'), `${Math.round(release.adoption)} % of the sessions of the last day`]]),
    [style.dim('first'), ago(release.created, until)],
    ...deploys.slice(0, 5).map(({ environment, finished }) => [style.dim('deployed'), `to ${printable(environment)} ${ago(finished, until)}`]),
    [style.dim('screen'), addressOf(server, release.version)],
  ];
  const lists = (['new', 'regressed', 'resolved'] as const)
    .filter((what) => issues[what].total > 0)
    .map(
      (what) =>
        `\n${style.dim(`${what} issues, ${formatCount(issues[what].total)}`)}\n${columns(
          issues[what].items.map((issue) => issueRow(issue, server, until, style)),
          [2, 3, 4],
        )}`,
    );
  const made = commits
    .slice(0, MOST_COMMITS)
    .map(({ id, message, author }) => [style.dim(printable(id.slice(0, 12))), printable(message.split('\n')[0].slice(0, 70)), style.dim(printable(author))]);
  return `${style.bold(printable(release.version))}\n${columns(facts)}${lists.join('')}${made.length > 0 ? `\n${style.dim(`commits, ${formatCount(commits.length)}`)}\n${columns(made)}` : ''}`;
}
