import type { NewInvitationAnswer } from '../../api/contract-people.ts';
import type { CommandIo } from '../../core/define.ts';
import { rolesText } from '../../core/roles.ts';
import { columns, printable, styleFor } from '../terminal.ts';

/** Prints a link, which is shown this once. */
export function printLink(io: CommandIo, made: NewInvitationAnswer, json: boolean): void {
  if (json) {
    io.stdout.write(`${JSON.stringify(made)}\n`);
    return;
  }
  const style = styleFor(io);
  io.stdout.write(
    columns([
      [style.dim('link'), style.accent(made.url)],
      [style.dim('for'), printable(made.email)],
      [style.dim(made.reset ? 'gives' : 'makes'), made.reset ? 'a new password' : rolesText(made)],
      [style.dim('until'), new Date(made.expires).toISOString()],
    ]),
  );
  io.stderr.write('It works once and is shown this once: send it to them.\n');
}
