import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { changeIssues } from '../issues/change.ts';
import { lengthOf } from '../times.ts';

export default defineCommand({
  name: 'archive',
  about: 'Sets issues aside, for good or until something happens.',
  args: [{ name: '<ids...>', about: 'Short ids, e.g. SHOP-1A, or numbers.' }],
  options: [
    { flags: '--for <length>', about: 'They come back after this time, e.g. 2h or 7d.' },
    { flags: '--events <count>', about: 'They come back after so many more events.' },
    { flags: '--users <count>', about: 'They come back after so many more users.' },
    { flags: '--escalating', about: 'They come back when they come much more often.' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ['heed archive SHOP-1A', 'heed archive SHOP-1A --events 100'],
  async run({ args, options, io }) {
    const change = {
      do: 'archive',
      time: options.for === undefined ? undefined : Date.now() + 1000 * lengthIn(String(options.for)),
      moreEvents: countIn(options.events, '--events'),
      moreUsers: countIn(options.users, '--users'),
      escalating: options.escalating,
    };
    await changeIssues(args, change, io, options.json === true);
    return EXIT.ok;
  },
});

function lengthIn(text: string): number {
  const seconds = lengthOf(text);
  if (seconds) return seconds;
  throw new HeedError('bad_option', `cannot read --for '${text}': write a length such as 2h or 7d`);
}

function countIn(given: unknown, name: string): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new HeedError('bad_option', `cannot read ${name} '${String(given)}': write a whole number from 1 on`);
}
