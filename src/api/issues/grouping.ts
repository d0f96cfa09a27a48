import type { ErrorEvent } from '../../core/error-event.ts';
import type { EventAnswer } from '../contract-errors.ts';
import { loadGrouping, type Rules } from './load-grouping.ts';

/** Why an event is in its issue; worked out anew, as only hashes are kept. `hashes` are those that it came in with, `issue` is its short id. */
export async function groupingOf(event: ErrorEvent, issue: string, hashes: readonly string[], rules: Rules): Promise<EventAnswer['grouping']> {
  const [{ groupEvent, compile }, { explainGrouping }, { suggestRule }] = await Promise.all([
    loadGrouping(),
    import('../../signals/errors/grouping/explain.ts'),
    import('../../signals/errors/grouping/suggest-rule.ts'),
  ]);
  const { hashes: found, grouping } = groupEvent(event, compile(rules));
  const [hash = found[0] ?? ''] = hashes;
  const sentences = explainGrouping(grouping);
  if (!found.includes(hash)) sentences.push('It came in when it was grouped otherwise; an event like it would be grouped as said here.');
  return { hash, recipe: grouping.recipe, sentences, rule: suggestRule(event, issue) };
}
