import type { PersonItem } from '../../api/contract-people.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { rolesText } from '../../core/roles.ts';
import { ServerClient } from '../client.ts';
import { givenRoles, personOf } from '../people/roles.ts';
import { printable } from '../terminal.ts';

export default defineCommand({
  name: 'people role',
  about: 'Changes what somebody may.',
  args: [
    { name: '<email>', about: 'Their e-mail address.' },
    { name: '<role>', about: 'What they may everywhere: owner, member, viewer, or none.' },
  ],
  options: [
    { flags: '--projects <list>', about: 'What they may in projects beside that, as shop=member,blog=viewer; nothing more without.' },
    { flags: '--json', about: 'Print the person as JSON.' },
  ],
  examples: ['heed people role bob@example.org viewer --projects shop=owner'],
  async run({ args: [email, role], options, io }) {
    const given = givenRoles(role, options.projects as string | undefined);
    const client = new ServerClient(io);
    const { id } = await personOf(client, email);
    const init = { method: 'PUT', body: JSON.stringify(given), headers: { 'content-type': 'application/json' } };
    const person = await client.json<PersonItem>(`/api/v1/people/${id}`, init);
    io.stdout.write(options.json ? `${JSON.stringify(person)}\n` : `${printable(person.name)} is ${rolesText(person)}\n`);
    return EXIT.ok;
  },
});
