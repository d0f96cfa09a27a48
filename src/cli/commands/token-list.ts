import type { TokensAnswer } from '../../api/contract-tokens.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { ago } from '../issues/issue-words.ts';
import { columns, printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'token list',
  about: 'Lists tokens: who uses them, what they may, when they were used last.',
  options: [{ flags: '--json', about: 'Print the tokens as JSON.' }],
  examples: ['heed token list'],
  async run({ options, io }) {
    const { tokens } = await new ServerClient(io).json<TokensAnswer>('/api/v1/tokens');
    if (options.json) io.stdout.write(`${JSON.stringify(tokens)}\n`);
    else if (tokens.length === 0) io.stderr.write("There are none yet; heed token add 'GitLab CI' makes one.\n");
    else {
      const style = styleFor(io);
      const now = Date.now();
      const rows = tokens.map(({ id, label, ending, scopes, created, createdBy, used }) => [
        style.bold(String(id)),
        printable(label),
        style.dim(`…${ending}`),
        scopes.join(', '),
        used === null ? style.dim('never used') : `used ${ago(used, now)}`,
        style.dim(`made ${ago(created, now)} by ${printable(createdBy)}`),
      ]);
      io.stdout.write(columns(rows, [0]));
    }
    return EXIT.ok;
  },
});
