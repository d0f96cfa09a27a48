import type { PersonItem } from '../../api/contract-people.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { personOf } from '../people/roles.ts';
import { printable } from '../terminal.ts';

export default defineCommand({
  name: 'people remove',
  about: 'Keeps somebody out from now on; what they did stays under their name.',
  args: [{ name: '<email>', about: 'Their e-mail address.' }],
  options: [{ flags: '--json', about: 'Print the person who went as JSON.' }],
  examples: ['heed people remove bob@example.org'],
  async run({ args: [email], options, io }) {
    const client = new ServerClient(io);
    const { id } = await personOf(client, email);
    const { removed } = await client.json<{ removed: PersonItem }>(`/api/v1/people/${id}`, { method: 'DELETE' });
    io.stdout.write(options.json ? `${JSON.stringify(removed)}\n` : `${printable(removed.name)} (${printable(removed.email)}) is removed\n`);
    return EXIT.ok;
  },
});
