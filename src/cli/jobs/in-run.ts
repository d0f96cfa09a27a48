import type { CommandIo } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { findDoor, type JobDoor } from './job-door.ts';

/** The run that a command is called in; `heed job` has told it by the environment. */
export interface InRun {
  door: JobDoor;
  name: string;
  run: string;
  environment: string;
}

/** @throws HeedError `bad_option` outside of a run */
export async function readInRun(io: CommandIo): Promise<InRun> {
  const { HEED_JOB_NAME: name, HEED_JOB_RUN: run, SENTRY_ENVIRONMENT: environment } = io.env;
  if (!name || !run)
    throw new HeedError('bad_option', 'cannot tell of a run: call this from a program that heed job -- runs, which sets HEED_JOB_NAME and HEED_JOB_RUN');
  return { door: await findDoor(io, undefined), name, run, environment: environment || 'production' };
}
