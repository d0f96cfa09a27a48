import type { NewTokenAnswer } from '../../api/contract-tokens.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { SCOPES } from '../../core/scopes.ts';
import { ServerClient } from '../client.ts';
import { columns, printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'token add',
  about: 'Makes a token for a program and prints it, once.',
  args: [{ name: '<label>', about: 'Who uses it, e.g. "GitLab CI".' }],
  options: [
    { flags: '--scopes <list>', about: `What it may, with commas between: ${Object.keys(SCOPES).join(', ')}.`, default: 'org:ci' },
    { flags: '--json', about: 'Print the token as JSON.' },
  ],
  examples: [
    "heed token add 'GitLab CI'",
    'heed token add Grafana --scopes metrics:read',
    'export SENTRY_AUTH_TOKEN=$(heed token add CI --json | jq -r .token)',
  ],
  async run({ args: [label], options, io }) {
    const scopes = String(options.scopes)
      .split(',')
      .map((scope) => scope.trim())
      .filter((scope) => scope !== '');
    const client = new ServerClient(io);
    const made = await client.post<NewTokenAnswer>('/api/v1/tokens', { label, scopes });
    if (options.json) io.stdout.write(`${JSON.stringify(made)}\n`);
    else {
      const style = styleFor(io);
      io.stdout.write(
        columns([
          [style.dim('token'), style.accent(made.token)],
          [style.dim('for'), printable(made.label)],
          [style.dim('may'), made.scopes.join(', ')],
          [style.dim('see'), `${client.url}/settings/tokens`],
        ]),
      );
      io.stderr.write('It is shown this once: Heed keeps only its digest.\n');
    }
    return EXIT.ok;
  },
});
