import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineCommand, EXIT } from '../../core/define.ts';
import { causeOf, HeedError } from '../../core/errors.ts';
import { formatCount } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { DoneFile, doneFilePath } from '../import/done-file.ts';
import { progressText } from '../import/eta.ts';
import type { DumpResult } from '../import/import-dump.ts';
import { detailsOf, exitCodeOf, jsonOf, printReport, type ReportFacts } from '../import/report.ts';
import { progressLine } from '../progress.ts';

export default defineCommand({
  name: 'import carbon-dump',
  about: 'Takes over a file of Graphite lines (name value seconds) into the running server, plain or by gzip; run again it goes on where it was.',
  args: [{ name: '<file>', about: 'The file, or - for standard input.' }],
  options: [
    { flags: '--dry-run', about: 'Say what would be done and how long it would be kept; change nothing.' },
    { flags: '--again', about: 'Disregard what earlier runs noted as done.' },
    { flags: '--json', about: 'Print the result as one JSON object.' },
  ],
  examples: ['heed import carbon-dump metrics-2026.txt.gz', 'zstdcat relay.log.zst | heed import carbon-dump -'],
  async run({ args, options, io }) {
    // Loaded when it is wanted: a server has these commands in its list too.
    const { importDump } = await import('../import/import-dump.ts');
    const client = new ServerClient(io);
    const dry = options.dryRun === true;
    const path = args[0] === '-' ? '-' : realFile(args[0]);
    const doneFile = dry || path === '-' ? undefined : new DoneFile(doneFilePath(io, `dump ${path}`, client.url));
    if (options.again === true) doneFile?.clear();
    const progress = progressLine(io);
    const begun = performance.now();
    try {
      await client.json('/api/v1/now');
      const result = await importDump({
        client,
        signal: io.signal,
        path,
        dry,
        doneFile,
        progress: ({ lines, points, share }) => {
          const part = share === undefined ? '' : ` · ${progressText(share, performance.now() - begun)}`;
          progress.show(`${formatCount(lines)} lines · ${formatCount(points)} points${part}`);
        },
      });
      progress.end();
      const facts = factsOf(result, dry);
      if (options.json)
        io.stdout.write(`${JSON.stringify({ dry, seconds: (performance.now() - begun) / 1000, ...linesOf(result), ...jsonOf(result.tally) })}\n`);
      else printReport(io, result.tally, facts);
      return exitCodeOf(result.tally, facts.incomplete);
    } catch (error) {
      progress.end();
      if (!io.signal.aborted) throw error;
      io.stderr.write('heed: stopped; what came so far stays, run it again to go on\n');
      return EXIT.failed;
    }
  },
});

function realFile(path: string): string {
  try {
    return realpathSync(resolve(path));
  } catch (error) {
    throw new HeedError('nothing_there', `cannot import ${path}: ${causeOf(error)}`, { status: 404 });
  }
}

const linesOf = ({ lines, taken, bad, skipped }: DumpResult): Record<string, unknown> => ({ lines, taken, bad, skippedBytes: skipped });

function factsOf({ tally, lines, taken, bad, skipped }: DumpResult, dry: boolean): ReportFacts {
  const source: ReportFacts['source'] = [];
  if (skipped > 0) source.push({ state: 'ok', text: 'lines that came by an earlier run were passed over', details: [] });
  // What was sent and what the server answered for have to be the same; of lines with one name and time the last counts.
  const twice = taken - tally.points.read;
  if (twice > 0) source.push({ state: 'ok', text: `${formatCount(twice)} lines have the name and time of a later one, which counts`, details: [] });
  if (bad.count > 0) {
    const details = detailsOf(bad, ({ line, problem }) => `line ${line}: ${problem}`);
    source.push({ state: 'bad', text: `${formatCount(bad.count)} lines are no points and were skipped`, details });
  }
  return { title: `${formatCount(tally.series)} series from ${formatCount(lines)} lines`, dry, verified: false, source, incomplete: bad.count > 0 };
}
