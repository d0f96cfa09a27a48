import type { Project } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { columns, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'project add',
  about: 'Makes a project and prints its DSN.',
  args: [{ name: '<name>', about: 'Its name, e.g. "Book shop"; the slug is made from it.' }],
  options: [{ flags: '--json', about: 'Print the project as JSON.' }],
  examples: ['heed project add bookshop --json'],
  async run({ args, options, io }) {
    const project = await new ServerClient(io).post<Project>('/api/v1/projects', { name: args[0] });
    if (options.json) io.stdout.write(`${JSON.stringify(project)}\n`);
    else {
      const style = styleFor(io);
      io.stdout.write(
        columns([
          [style.dim('project'), project.slug],
          [style.dim('id'), project.id],
          [style.dim('dsn'), style.accent(project.dsn)],
        ]),
      );
    }
    return EXIT.ok;
  },
});
