import { resolve } from 'node:path';
import type { BackupAnswer } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { formatBytes, formatCount, plain } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'backup',
  about: 'Copies all data, consistent while the server works, into an empty folder on the server’s machine.',
  args: [{ name: '<folder>', about: 'Where to; made when missing.' }],
  options: [
    { flags: '--data <dir>', about: 'Back up this data folder instead, while no server runs on it.' },
    { flags: '--json', about: 'Print the report as JSON.' },
  ],
  examples: ['heed backup /var/backups/heed-monday', 'heed backup ./copy --data ./heed-data'],
  async run({ args, options, io }) {
    const folder = resolve(args[0]);
    const report =
      typeof options.data === 'string'
        ? await (await import('../../data-folder.ts')).backUpFolder(options.data, folder)
        : await new ServerClient(io).post<BackupAnswer>('/api/v1/backup', { folder });
    const { files, bytes, series } = report;
    if (options.json) io.stdout.write(`${JSON.stringify({ folder, files, bytes, series })}\n`);
    else io.stdout.write(`${styleFor(io).state('ok')} ${files} files, ${plain(formatBytes(bytes))}, ${formatCount(series)} series in ${folder}\n`);
    return EXIT.ok;
  },
});
