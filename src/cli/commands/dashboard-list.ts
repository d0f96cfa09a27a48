import type { DashboardsAnswer } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { columns, printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'dashboard list',
  about: 'Lists dashboards, where each comes from, and files that could not be read.',
  options: [{ flags: '--json', about: 'Print the answer as JSON.' }],
  examples: ['heed dashboard list'],
  async run({ options, io }) {
    const answer = await new ServerClient(io).json<DashboardsAnswer>('/api/v1/dashboards');
    const style = styleFor(io);
    if (options.json) io.stdout.write(`${JSON.stringify(answer)}\n`);
    else {
      const rows = answer.dashboards.map(({ slug, title, origin, file, changed, panels }) => [
        style.accent(slug),
        printable(title),
        `${panels} panels`,
        style.dim(`${origin === 'file' ? printable(file) : origin}${changed ? ', changed on the screen' : ''}`),
      ]);
      io.stdout.write(columns(rows, [2]));
      for (const { file, line, message } of answer.problems)
        io.stderr.write(`heed: ${printable(file)}${line > 0 ? `, line ${line}` : ''}: ${printable(message)}\n`);
    }
    return answer.problems.length > 0 ? EXIT.failed : EXIT.ok;
  },
});
