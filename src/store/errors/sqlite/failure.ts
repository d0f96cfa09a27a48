import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { isDiskFull } from './errors-file.ts';
import type { ErrorsFailure } from './messages.ts';

/** An error of the worker as it travels to who asked. */
export function failureOf(error: unknown): ErrorsFailure {
  if (error instanceof HeedError) return { code: error.code, message: error.message, status: error.status };
  if (isDiskFull(error)) return { code: 'disk_full', message: 'cannot write errors: the disk is full; make room, and it goes on by itself', status: 507 };
  log.error({ err: error }, 'cannot use the errors');
  return { code: 'errors_failed', message: `cannot use the errors: ${causeOf(error)}`, status: 500 };
}
