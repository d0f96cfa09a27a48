import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { readInRun } from '../jobs/in-run.ts';
import { tellDoor } from '../jobs/job-door.ts';

export default defineCommand({
  name: 'job count',
  about: 'Tells how many records went well and failed so far, within a run that heed job began.',
  options: [
    { flags: '--ok <count>', about: 'Records that went well.' },
    { flags: '--failed <count>', about: 'Records that failed.' },
    { flags: '--total <count>', about: 'Records that there are.' },
    { flags: '--json', about: 'Print what was told as JSON.' },
  ],
  examples: ['heed job count --ok 1200 --failed 3 --total 5000'],
  async run({ options, io }) {
    const counts: Record<string, number> = {};
    for (const name of ['ok', 'failed', 'total']) {
      const text = options[name];
      if (typeof text !== 'string') continue;
      if (!/^\d{1,12}$/.test(text)) throw new HeedError('bad_option', `cannot read --${name} '${text.slice(0, 40)}': write a whole number`);
      counts[name] = Number(text);
    }
    if (Object.keys(counts).length === 0) throw new HeedError('bad_option', 'cannot count records: give --ok, --failed or --total');
    const { door, name, run, environment } = await readInRun(io);
    await tellDoor(door, `cron/${name}`, { check_in_id: run, status: 'in_progress', environment, job: counts });
    if (options.json) io.stdout.write(`${JSON.stringify(counts)}\n`);
    return EXIT.ok;
  },
});
