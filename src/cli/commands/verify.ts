import { defineCommand, EXIT } from '../../core/define.ts';
import { formatCount } from '../../core/numbers.ts';
import { progressLine } from '../progress.ts';
import { printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'verify',
  about: 'Reads every byte of a data folder and says what is damaged; changes nothing. No server may run on it.',
  options: [
    { flags: '--data <dir>', about: 'The data folder.', default: './heed-data' },
    { flags: '--json', about: 'Print one JSON object: files, points, problems.' },
  ],
  async run({ options, io }) {
    const { verifyData } = await import('../../data-folder.ts');
    const style = styleFor(io);
    const progress = progressLine(io);
    const damaged: { file: string; problems: string[] }[] = [];
    let [files, points] = [0, 0];
    for await (const checked of verifyData(String(options.data))) {
      files++;
      points += checked.points;
      if (checked.problems.length > 0) damaged.push(checked);
      progress.show(`${files} files · ${formatCount(points)} points · ${damaged.length} damaged`);
    }
    progress.end();
    if (options.json) io.stdout.write(`${JSON.stringify({ files, points, damaged })}\n`);
    else {
      for (const { file, problems } of damaged)
        for (const problem of problems) io.stdout.write(`${style.state('bad')} ${style.bold(file)}  ${printable(problem)}\n`);
      io.stdout.write(
        `${style.state(damaged.length > 0 ? 'bad' : 'ok')} ${files} files read, ${formatCount(points)} points sound, ${damaged.length === 0 ? 'nothing damaged' : `${damaged.length} files damaged`}\n`,
      );
    }
    return damaged.length > 0 ? EXIT.damaged : EXIT.ok;
  },
});
