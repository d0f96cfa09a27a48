import type { ErrorEvent } from '../../core/error-event.ts';
import type { ProjectSettings } from '../../core/project.ts';
import type { EventAnswer } from '../contract-errors.ts';

/** Why an event is in its issue; worked out anew, as only hashes are kept. `hashes` are those that it came in with, `issue` is its short id. */
export async function groupingOf(
  event: ErrorEvent,
  issue: string,
  hashes: readonly string[],
  rules: Pick<ProjectSettings, 'fingerprintRules' | 'stackRules'>,
): Promise<EventAnswer['grouping']> {
  // Loaded with the first event that is looked at; the thread that groups events has it from the beginning.
  const [{ explainGrouping }, { groupEvent }, { compileStackRules }, { compileFingerprintRules }, { suggestRule }] = await Promise.all([
    import('../../signals/errors/grouping/explain.ts'),
    import('../../signals/errors/grouping/group-event.ts'),
    import('../../signals/errors/grouping/stack-rule-set.ts'),
    import('../../signals/errors/grouping/fingerprint-rule-set.ts'),
    import('../../signals/errors/grouping/suggest-rule.ts'),
  ]);
  const { hashes: found, grouping } = groupEvent(event, {
    stackRules: compileStackRules(rules.stackRules),
    fingerprintRules: compileFingerprintRules(rules.fingerprintRules),
  });
  const [hash = found[0] ?? ''] = hashes;
  const sentences = explainGrouping(grouping);
  if (!found.includes(hash)) sentences.push('It came in when it was grouped otherwise; an event like it would be grouped as said here.');
  return { hash, recipe: grouping.recipe, sentences, rule: suggestRule(event, issue) };
}
