import type { ErrorEvent } from '../../core/error-event.ts';
import type { EventAnswer } from '../contract-errors.ts';

/** Why an event is in its issue; worked out anew, as only hashes are kept. `hashes` are those that it came in with. */
export async function groupingOf(event: ErrorEvent, hashes: readonly string[]): Promise<EventAnswer['grouping']> {
  // Loaded with the first event that is looked at; the thread that groups events has it from the beginning.
  const [{ explainGrouping }, { groupEvent }] = await Promise.all([
    import('../../signals/errors/grouping/explain.ts'),
    import('../../signals/errors/grouping/group-event.ts'),
  ]);
  const { hashes: found, grouping } = groupEvent(event);
  const [hash = found[0] ?? ''] = hashes;
  const sentences = explainGrouping(grouping);
  if (!found.includes(hash)) sentences.push('It came in when it was grouped otherwise; an event like it would be grouped as said here.');
  return { hash, recipe: grouping.recipe, sentences };
}
