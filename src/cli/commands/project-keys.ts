import type { Project } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { formatCount } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { ago } from '../issues/issue-words.ts';
import { columns, printable, styleFor, type Style } from '../terminal.ts';

const CHANGES = ['add', 'revoke', 'enable', 'limit'] as const;

export default defineCommand({
  name: 'project keys',
  about: 'Lists the keys of a project with their DSN, or makes, revokes and limits one.',
  args: [{ name: '<project>', about: 'Slug or number.' }],
  options: [
    { flags: '--add <label>', about: 'Make a key; the label says whose it is.' },
    { flags: '--revoke <key>', about: 'Refuse what comes with this key, given by its number.' },
    { flags: '--enable <key>', about: 'Take what comes with a revoked key again.' },
    { flags: '--limit <key:count>', about: 'Take so many errors a minute with this key, e.g. 3:600; 3:0 for no limit of its own.' },
    { flags: '--json', about: 'Print the keys as JSON.' },
  ],
  examples: ['heed project keys shop', "heed project keys shop --add 'phone app'", 'heed project keys shop --limit 3:600'],
  async run({ args: [project], options, io }) {
    if (CHANGES.filter((name) => options[name] !== undefined).length > 1)
      throw new HeedError('bad_option', `cannot change keys: give one of ${CHANGES.map((name) => `--${name}`).join(', ')}`);
    const client = new ServerClient(io);
    const path = `/api/v1/projects/${encodeURIComponent(project)}`;
    const change = (key: string, body: object): Promise<unknown> =>
      client.json(`${path}/keys/${numberOf(key)}`, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    if (typeof options.add === 'string') await client.post(`${path}/keys`, { label: options.add });
    if (typeof options.revoke === 'string') await change(options.revoke, { active: false });
    if (typeof options.enable === 'string') await change(options.enable, { active: true });
    if (typeof options.limit === 'string') {
      const [, key, count] = /^(\d+):(\d+)$/.exec(options.limit) ?? [];
      if (key === undefined) throw new HeedError('bad_option', `cannot limit a key: '${options.limit}' is no KEY:COUNT; write e.g. 3:600`);
      await change(key, { mostPerMinute: Number(count) });
    }
    const { keys } = await client.json<Project>(path);
    io.stdout.write(options.json ? `${JSON.stringify(keys)}\n` : shown(keys, styleFor(io)));
    return EXIT.ok;
  },
});

function shown(keys: Project['keys'], style: Style): string {
  return columns(
    keys.map(({ id, label, active, mostPerMinute, created, dsn }) => [
      style.state(active ? 'ok' : 'bad'),
      style.bold(String(id)),
      printable(label),
      active ? 'in use' : 'revoked',
      mostPerMinute === null ? style.dim('no limit of its own') : `${formatCount(mostPerMinute)} a minute`,
      style.dim(`made ${ago(created, Date.now())}`),
      style.accent(dsn),
    ]),
    [1],
  );
}

function numberOf(key: string): string {
  if (!/^\d+$/.test(key)) throw new HeedError('bad_option', `cannot change key '${key.slice(0, 40)}': give its number, which heed project keys lists`);
  return key;
}
