import type { Project } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { count } from '../issues/issue-words.ts';
import { columns, printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'project list',
  about: 'Lists projects with their DSN.',
  options: [{ flags: '--json', about: 'Print the projects with keys and settings as JSON.' }],
  examples: ['heed project list', "heed project list --json | jq -r '.[] | [.slug, .dsn] | @tsv'"],
  async run({ options, io }) {
    const client = new ServerClient(io);
    const projects = await client.json<Project[]>('/api/v1/projects');
    if (options.json) io.stdout.write(`${JSON.stringify(projects)}\n`);
    else {
      const style = styleFor(io);
      const rows = projects.map(({ id, slug, name, keys, dsn }) => [
        style.bold(slug),
        style.dim(id),
        printable(name),
        count(keys.filter(({ active }) => active).length, 'key'),
        style.accent(dsn),
        style.dim(`${client.url}/settings/projects/${slug}`),
      ]);
      io.stdout.write(columns(rows, [1, 3]));
    }
    return EXIT.ok;
  },
});
