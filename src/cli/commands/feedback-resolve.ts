import type { FeedbackChanged } from '../../api/contract-feedback.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';

const DONE = { resolved: 'resolved', spam: 'called spam', open: 'open again' } as const;

export default defineCommand({
  name: 'feedback resolve',
  about: 'Settles what users wrote, calls it spam, or opens it again.',
  args: [{ name: '<id...>', about: 'Numbers, which heed feedback tells.' }],
  options: [
    { flags: '--spam', about: 'It is spam.' },
    { flags: '--reopen', about: 'It is open again.' },
    { flags: '--json', about: 'Print what was changed as JSON.' },
  ],
  examples: ['heed feedback resolve 12 13', 'heed feedback resolve 14 --spam'],
  async run({ args, options, io }) {
    const ids = args.map((id) => (/^\d{1,15}$/.test(id) ? Number(id) : undefined));
    if (ids.includes(undefined)) throw new HeedError('bad_option', 'cannot settle feedback: give numbers, which heed feedback tells');
    if (options.spam && options.reopen) throw new HeedError('bad_option', 'cannot settle feedback: give --spam or --reopen, not both');
    const state = options.spam ? 'spam' : options.reopen ? 'open' : 'resolved';
    const init = { method: 'PATCH', body: JSON.stringify({ ids, state }), headers: { 'content-type': 'application/json' } };
    const changed = await new ServerClient(io).json<FeedbackChanged>('/api/v1/feedback', init);
    io.stdout.write(options.json ? `${JSON.stringify(changed)}\n` : `${changed.changed} ${DONE[state]}\n`);
    return changed.changed === 0 ? EXIT.notFound : EXIT.ok;
  },
});
