import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineCommand, EXIT } from '../../core/define.ts';
import { causeOf, HeedError } from '../../core/errors.ts';
import { formatBytes, formatCount, plain } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { DoneFile, doneFilePath } from '../import/done-file.ts';
import { progressText } from '../import/eta.ts';
import type { WhisperResult } from '../import/import-whisper.ts';
import { detailsOf, exitCodeOf, jsonOf, printReport, type ReportFacts } from '../import/report.ts';
import { progressLine } from '../progress.ts';

export default defineCommand({
  name: 'import whisper',
  about: 'Takes over all points of a folder of whisper files into the running server, which goes on serving; run again it goes on where it was.',
  args: [{ name: '<folder>', about: 'LOCAL_DATA_DIR of carbon, e.g. /var/lib/graphite/whisper.' }],
  options: [
    { flags: '--match <glob>', about: 'Only series whose whole name matches; * takes dots too.' },
    { flags: '--prefix <text>', about: 'Put this and a dot before each name.' },
    { flags: '--dry-run', about: 'Say what would be done and how long it would be kept; change nothing.' },
    { flags: '--again', about: 'Disregard what earlier runs noted as done.' },
    { flags: '--no-verify', about: 'Do not read every point back; a later run with --again does.' },
    { flags: '--json', about: 'Print the result as one JSON object.' },
  ],
  examples: ['heed import whisper /var/lib/graphite/whisper --dry-run', "heed import whisper /var/lib/graphite/whisper --match 'stats.*'"],
  async run({ args, options, io }) {
    // Loaded when it is wanted: a server has these commands in its list too.
    const { importWhisper } = await import('../import/import-whisper.ts');
    const client = new ServerClient(io);
    const folder = realFolder(args[0]);
    const dry = options.dryRun === true;
    const prefix = typeof options.prefix === 'string' && options.prefix !== '' ? `${options.prefix.replace(/\.+$/, '')}.` : '';
    const doneFile = dry ? undefined : new DoneFile(doneFilePath(io, `whisper ${folder} ${prefix}`, client.url));
    if (options.again === true) doneFile?.clear();
    const progress = progressLine(io);
    const begun = performance.now();
    try {
      await client.json('/api/v1/now');
      const result = await importWhisper({
        client,
        signal: io.signal,
        folder,
        match: typeof options.match === 'string' ? options.match : undefined,
        prefix,
        dry,
        verify: options.verify !== false,
        doneFile,
        progress: ({ files, of, bytes, ofBytes, points }) => {
          const share = ofBytes === 0 ? 1 : bytes / ofBytes;
          progress.show(
            `${formatCount(files)} of ${formatCount(of)} files · ${formatCount(points)} points · ${progressText(share, performance.now() - begun)}`,
          );
        },
      });
      progress.end();
      const facts = factsOf(result, { dry, verified: !dry && options.verify !== false });
      const seconds = (performance.now() - begun) / 1000;
      if (options.json) io.stdout.write(`${JSON.stringify({ dry, seconds, ...filesOf(result), ...jsonOf(result.tally) })}\n`);
      else printReport(io, result.tally, facts);
      return exitCodeOf(result.tally, facts.incomplete);
    } catch (error) {
      progress.end();
      if (!io.signal.aborted) throw error;
      io.stderr.write(`heed: stopped; what came so far stays, run it again to go on\n`);
      return EXIT.failed;
    }
  },
});

function realFolder(path: string): string {
  try {
    return realpathSync(resolve(path));
  } catch (error) {
    throw new HeedError('nothing_there', `cannot import ${path}: ${causeOf(error)}`, { status: 404 });
  }
}

function filesOf({ files, bytes, empty, passedOver, unchanged, damaged, unnamed, startedOver }: WhisperResult): Record<string, unknown> {
  return { files, bytes, empty, passedOver, unchanged, damaged, unnamed, startedOver };
}

function factsOf(result: WhisperResult, { dry, verified }: { dry: boolean; verified: boolean }): ReportFacts {
  const { files, bytes, empty, unchanged, damaged, unnamed, startedOver, tally } = result;
  const source: ReportFacts['source'] = [];
  if (startedOver)
    source.push({ state: 'warn', text: 'an earlier run was into other data or under another retention; everything was sent again', details: [] });
  if (unchanged > 0) source.push({ state: 'ok', text: `${formatCount(unchanged)} files have nothing newer than an earlier run`, details: [] });
  if (empty > 0) source.push({ state: 'ok', text: `${formatCount(empty)} files hold no point`, details: [] });
  const told = ({ file, problem }: { file: string; problem: string }): string => `${file}: ${problem}`;
  if (damaged.count > 0)
    source.push({ state: 'bad', text: `${formatCount(damaged.count)} files could not be read and were skipped`, details: detailsOf(damaged, told) });
  if (unnamed.count > 0)
    source.push({ state: 'bad', text: `${formatCount(unnamed.count)} files tell no name and were skipped`, details: detailsOf(unnamed, told) });
  return {
    title: `${formatCount(tally.series)} series from ${formatCount(files)} files (${plain(formatBytes(bytes))})`,
    dry,
    verified,
    source,
    incomplete: damaged.count + unnamed.count > 0,
  };
}
