import type { TokenItem } from '../../api/contract-tokens.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';
import { printable } from '../terminal.ts';

export default defineCommand({
  name: 'token revoke',
  about: 'Revokes a token: from then on nobody is let in by it.',
  args: [{ name: '<id>', about: 'Its number, which heed token list tells.' }],
  options: [{ flags: '--json', about: 'Print the token that went as JSON.' }],
  examples: ['heed token revoke 3'],
  async run({ args: [id], options, io }) {
    if (!/^\d+$/.test(id)) throw new HeedError('bad_option', `cannot revoke token '${id.slice(0, 40)}': give its number, which heed token list tells`);
    const { removed } = await new ServerClient(io).json<{ removed: TokenItem }>(`/api/v1/tokens/${id}`, { method: 'DELETE' });
    io.stdout.write(options.json ? `${JSON.stringify(removed)}\n` : `${printable(removed.label)} (…${removed.ending}) is revoked\n`);
    return EXIT.ok;
  },
});
