import type { NewInvitationAnswer } from '../../api/contract-people.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { printLink } from '../people/print-link.ts';
import { givenRoles } from '../people/roles.ts';

export default defineCommand({
  name: 'people invite',
  about: 'Makes a link by which somebody comes, good for a week, and prints it, once.',
  args: [{ name: '<email>', about: 'Their e-mail address.' }],
  options: [
    { flags: '--role <role>', about: 'What they may everywhere: owner, member, viewer, or none.', default: 'member' },
    { flags: '--projects <list>', about: 'What they may in projects beside that, as shop=member,blog=viewer.' },
    { flags: '--json', about: 'Print the link as JSON.' },
  ],
  examples: ['heed people invite ann@example.org --role owner', 'heed people invite agency@example.com --role none --projects shop=member'],
  async run({ args: [email], options, io }) {
    const given = givenRoles(String(options.role), options.projects as string | undefined);
    printLink(io, await new ServerClient(io).post<NewInvitationAnswer>('/api/v1/invitations', { email, ...given }), options.json === true);
    return EXIT.ok;
  },
});
