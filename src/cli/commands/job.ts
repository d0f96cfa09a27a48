import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { defineCommand } from '../../core/define.ts';
import { causeOf, HeedError } from '../../core/errors.ts';
import { readSchedule, readZone } from '../../core/job-text.ts';
import { formatDuration } from '../../core/numbers.ts';
import { findDoor, type JobDoor, tellDoor } from '../jobs/job-door.ts';
import { nameOfCommand } from '../jobs/job-name.ts';
import { runCommand } from '../jobs/run-command.ts';
import { styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'job',
  about: 'Runs a command as a run of a job: tells when it begins and how it ends, and groups the errors in it by input file and record.',
  args: [{ name: '[command...]', about: 'After --: the command with its arguments. Its exit code is passed on.' }],
  options: [
    { flags: '--name <slug>', about: 'What the job is called; as its program unless given.' },
    { flags: '--project <slug>', about: 'Whose job it is; that of SENTRY_DSN, or default, unless given.' },
    { flags: '--environment <name>', about: 'Where it runs, e.g. staging; SENTRY_ENVIRONMENT or production unless given.' },
    { flags: '--schedule <line>', about: 'When it is to run: a line of a crontab, or "every 10 minutes"; a run that does not begin in time is missed then.' },
    { flags: '--timezone <zone>', about: 'Of the schedule, e.g. Europe/Berlin; UTC unless given.' },
    { flags: '--margin <minutes>', about: 'How much later a run may begin.' },
    { flags: '--most-runtime <minutes>', about: 'How long a run may take.' },
    { flags: '--file <path...>', about: 'Its input files.' },
  ],
  examples: [
    'heed job -- ./backup.sh',
    "heed job --name nightly --schedule '0 2 * * *' -- pg_dump shop",
    'heed job --file orders.csv -- node import.js orders.csv',
  ],
  async run({ args, options, io }) {
    const text = (name: string): string | undefined => (typeof options[name] === 'string' ? options[name] : undefined);
    if (args.length === 0) throw new HeedError('bad_option', 'cannot run a job: give its command after --, e.g. heed job -- ./backup.sh');
    const name = text('name') ?? nameOfCommand(args);
    if (!/^[\w-]{1,50}$/.test(name)) throw new HeedError('bad_option', `cannot run a job: '${name.slice(0, 60)}' is no name; --name nightly-import gives one`);
    const run = randomBytes(16).toString('hex');
    const environment = text('environment') ?? (io.env.SENTRY_ENVIRONMENT || 'production');
    const files = Array.isArray(options.file) ? options.file : [];
    const config = configOf(text('schedule'), text('timezone'), minutes(text('margin'), '--margin'), minutes(text('mostRuntime'), '--most-runtime'));
    const warn = (error: unknown): void => io.stderr.write(`heed: the run is not told of, and goes on: ${causeOf(error)}\n`);
    const told = { check_in_id: run, environment };

    let door: JobDoor | undefined;
    try {
      door = await findDoor(io, text('project'));
      const job = { command: args.join(' '), host: hostname(), files };
      await tellDoor(door, `cron/${name}`, { ...told, status: 'in_progress', monitor_config: config, job });
    } catch (error) {
      warn(error);
    }
    const began = performance.now();
    const { code, output } = await runCommand(args, {
      ...io.env,
      ...(door && { SENTRY_DSN: door.dsn }),
      SENTRY_ENVIRONMENT: environment,
      HEED_JOB_NAME: name,
      HEED_JOB_RUN: run,
    });
    const durationMs = performance.now() - began;
    if (door === undefined) return code;
    const status = code === 0 ? 'ok' : 'error';
    try {
      await tellDoor(door, `cron/${name}`, { ...told, status, duration: durationMs / 1000, job: { output, exit_code: code } });
    } catch (error) {
      warn(error);
      return code;
    }
    const style = styleFor(io, 'stderr');
    const how = code === 0 ? 'ok' : `ended with ${code}`;
    const url = `${door.base}/jobs/${door.project}/${name}/runs/${run}`;
    io.stderr.write(`${style.state(code === 0 ? 'ok' : 'bad')} job ${style.bold(name)} ${how} after ${formatDuration(durationMs)}  ${style.dim(url)}\n`);
    return code;
  },
});

function configOf(schedule: string | undefined, zone: string | undefined, margin: number | undefined, runtime: number | undefined): object | undefined {
  if (schedule === undefined) return undefined;
  const timezone = readZone(zone ?? 'UTC');
  const read = readSchedule(schedule, timezone);
  if (read === null) return undefined;
  return {
    schedule: read.kind === 'crontab' ? { type: 'crontab', value: read.crontab } : { type: 'interval', value: read.every, unit: read.unit },
    timezone,
    checkin_margin: margin,
    max_runtime: runtime,
  };
}

function minutes(text: string | undefined, what: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new HeedError('bad_option', `cannot read ${what} '${text.slice(0, 40)}': write whole minutes, e.g. 10`);
}
