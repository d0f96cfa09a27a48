import { randomBytes } from 'node:crypto';
import { defineCommand, EXIT } from '../../core/define.ts';
import { readInRun } from '../jobs/in-run.ts';
import { tellDoor } from '../jobs/job-door.ts';

export default defineCommand({
  name: 'job record',
  about: 'Tells of a record that failed, within a run that heed job began; for programs without an SDK.',
  args: [{ name: '<message>', about: 'What is wrong with it.' }],
  options: [
    { flags: '--file <path>', about: 'The input file that it is of.' },
    { flags: '--record <name>', about: 'Its line, number or key.' },
    { flags: '--json', about: 'Print the id of the error as JSON.' },
  ],
  examples: ['heed job record --file orders.csv --record 17 "no such customer"'],
  async run({ args: [message], options: { file, record, json }, io }) {
    const { door, name, run, environment } = await readInRun(io);
    const id = randomBytes(16).toString('hex');
    const job = { name, run, file, record };
    await tellDoor(door, 'store', { event_id: id, platform: 'other', level: 'error', message, environment, contexts: { job } });
    if (json) io.stdout.write(`${JSON.stringify({ id })}\n`);
    return EXIT.ok;
  },
});
