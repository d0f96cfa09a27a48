import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { changeIssues } from '../issues/change.ts';

export default defineCommand({
  name: 'resolve',
  about: 'Says that issues are done; a new event brings them back, with a release only one of a later release.',
  args: [{ name: '<ids...>', about: 'Short ids, e.g. SHOP-1A, or numbers.' }],
  options: [
    { flags: '--next-release', about: 'Done in the release after the newest that is known.' },
    { flags: '--release <version>', about: 'Done in this release.' },
    { flags: '--commit <id>', about: 'Done in this commit.' },
    { flags: '--undo', about: 'They are not done, nor archived, after all.' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ['heed resolve SHOP-1A', 'heed resolve SHOP-1A SHOP-1B --release shop@1.4.2'],
  async run({ args, options, io }) {
    const { release, commit, nextRelease, undo, json } = options;
    if ([release, commit, nextRelease, undo].filter((given) => given !== undefined).length > 1)
      throw new HeedError('bad_option', 'cannot resolve: give one of --next-release, --release, --commit and --undo');
    const change = undo ? { do: 'unresolve' } : { do: 'resolve', inRelease: release, inCommit: commit, inNextRelease: nextRelease };
    await changeIssues(args, change, io, json === true);
    return EXIT.ok;
  },
});
