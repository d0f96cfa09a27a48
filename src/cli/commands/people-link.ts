import type { NewInvitationAnswer } from '../../api/contract-people.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { printLink } from '../people/print-link.ts';
import { personOf } from '../people/roles.ts';

export default defineCommand({
  name: 'people link',
  about: 'Makes a link by which somebody who is here chooses a new password, good for a day, and prints it, once.',
  args: [{ name: '<email>', about: 'Their e-mail address.' }],
  options: [{ flags: '--json', about: 'Print the link as JSON.' }],
  examples: ['heed people link ann@example.org'],
  async run({ args: [email], options, io }) {
    const client = new ServerClient(io);
    const { id } = await personOf(client, email);
    printLink(io, await client.post<NewInvitationAnswer>(`/api/v1/people/${id}/link`, {}), options.json === true);
    return EXIT.ok;
  },
});
