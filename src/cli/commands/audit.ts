import type { AuditAnswer } from '../../api/contract-people.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';
import { columns, printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'audit',
  about: 'Tells who signed in, let others in, and changed tokens, projects and keys; the newest first.',
  options: [
    { flags: '--limit <count>', about: 'At most so many.', default: '50' },
    { flags: '--json', about: 'Print one JSON object a line.' },
  ],
  examples: ['heed audit', 'heed audit --limit 1000 --json | jq -r .deed | sort | uniq -c'],
  async run({ options, io }) {
    const limit = Number(options.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
      throw new HeedError('bad_option', `cannot use --limit '${String(options.limit)}': give 1 to 1000`);
    const { notes } = await new ServerClient(io).json<AuditAnswer>(`/api/v1/audit?limit=${limit}`);
    if (options.json) for (const note of notes) io.stdout.write(`${JSON.stringify(note)}\n`);
    else if (notes.length === 0) io.stderr.write('Nothing yet: it begins with the first sign-in, token, project or key from now on.\n');
    else {
      const style = styleFor(io);
      io.stdout.write(
        columns(
          notes.map(({ time, actor, deed, object, address }) => [
            style.dim(new Date(time).toISOString().slice(0, 19).replace('T', ' ')),
            style.bold(printable(actor)),
            `${deed} ${printable(object)}`,
            style.dim(address),
          ]),
        ),
      );
    }
    return EXIT.ok;
  },
});
