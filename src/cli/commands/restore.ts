import { resolve } from 'node:path';
import { defineCommand, EXIT } from '../../core/define.ts';
import { styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'restore',
  about: 'Puts a backup into an empty data folder, for a server to be started on.',
  args: [{ name: '<backup>', about: 'Folder that heed backup wrote.' }],
  options: [
    { flags: '--data <dir>', about: 'The data folder to make.', default: './heed-data' },
    { flags: '--json', about: 'Print the folder as JSON.' },
  ],
  examples: ['heed restore /var/backups/heed-monday --data ./heed-data'],
  async run({ args, options, io }) {
    const { restoreData } = await import('../../data-folder.ts');
    const folder = resolve(String(options.data));
    restoreData(args[0], folder);
    io.stdout.write(
      options.json ? `${JSON.stringify({ folder })}\n` : `${styleFor(io).state('ok')} restored into ${folder}; start with: heed serve --data ${folder}\n`,
    );
    return EXIT.ok;
  },
});
