import type { PeopleAnswer } from '../../api/contract-people.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { rolesText } from '../../core/roles.ts';
import { ServerClient } from '../client.ts';
import { ago } from '../issues/issue-words.ts';
import { columns, printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'people list',
  about: 'Lists who signs in, what each may, and links that still hold.',
  options: [{ flags: '--json', about: 'Print people and links as JSON.' }],
  examples: ['heed people list'],
  async run({ options, io }) {
    const { people, invitations } = await new ServerClient(io).json<PeopleAnswer>('/api/v1/people');
    if (options.json) io.stdout.write(`${JSON.stringify({ people, invitations })}\n`);
    else if (people.length + invitations.length === 0) io.stderr.write('Nobody signs in yet; heed people invite ann@example.org --role owner begins it.\n');
    else {
      const style = styleFor(io);
      const now = Date.now();
      io.stdout.write(
        columns([
          ...people.map((person) => [
            style.bold(printable(person.name)),
            printable(person.email),
            rolesText(person),
            style.dim(person.seen === null ? 'not signed in' : `seen ${ago(person.seen, now)}`),
          ]),
          ...invitations.map((one) => [
            style.dim('(link)'),
            one.email === '' ? 'whoever opens it' : printable(one.email),
            one.reset ? 'new password' : rolesText(one),
            style.dim(`until ${new Date(one.expires).toISOString().slice(0, 16)}Z`),
          ]),
        ]),
      );
    }
    return EXIT.ok;
  },
});
