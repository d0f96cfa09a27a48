import type { ErrorEvent } from '../../core/error-event.ts';
import { explainGrouping } from '../../signals/errors/grouping/explain.ts';
import { groupEvent } from '../../signals/errors/grouping/group-event.ts';
import type { EventAnswer } from '../contract-errors.ts';

/** Why an event is in its issue; worked out anew, as only hashes are kept. `hashes` are those that it came in with. */
export function groupingOf(event: ErrorEvent, hashes: readonly string[]): EventAnswer['grouping'] {
  const { hashes: found, grouping } = groupEvent(event);
  const [hash = found[0] ?? ''] = hashes;
  const sentences = explainGrouping(grouping);
  if (!found.includes(hash)) sentences.push('It came in when it was grouped otherwise; an event like it would be grouped as said here.');
  return { hash, recipe: grouping.recipe, sentences };
}
