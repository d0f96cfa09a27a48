import { HeedError } from '../../../core/errors.ts';
import { isRecord, type Raw } from '../event/shapes.ts';

/** Says why an item of an envelope cannot be taken. */
export const badItem = (type: string, why: string): HeedError => new HeedError('bad_item', `cannot read the ${type}: ${why}`);

/** @throws HeedError `bad_item` when it is no JSON object */
export function recordOfItem(type: string, value: unknown): Raw {
  if (!isRecord(value)) throw badItem(type, 'it must be a JSON object');
  return value;
}
