import type { ProjectSettings } from '../../core/project.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import type { RuledEvent, RulesTrial } from '../contract.ts';
import { newestEvents } from '../sentry/newest-events.ts';

/** Of a project's latest events, as many as a look takes a fraction of a second for. */
const EVENTS = 50;

/** What rules would make of a project's latest events. Nothing is changed. @throws HeedError `bad_rules` naming the line */
export async function tryRules(
  errors: ErrorsStore,
  project: CatalogProject,
  rules: Pick<ProjectSettings, 'fingerprintRules' | 'stackRules'>,
): Promise<RulesTrial> {
  const [{ groupEvent }, { compileFingerprintRules }, { compileStackRules }] = await Promise.all([
    import('../../signals/errors/grouping/group-event.ts'),
    import('../../signals/errors/grouping/fingerprint-rule-set.ts'),
    import('../../signals/errors/grouping/stack-rule-set.ts'),
  ]);
  const options = { fingerprintRules: compileFingerprintRules(rules.fingerprintRules), stackRules: compileStackRules(rules.stackRules) };
  const latest = await newestEvents(errors, Number(project.id), EVENTS);
  const names = new Map<number, string>();
  const events: RuledEvent[] = [];
  for (const { eventId, issue, time } of latest) {
    const found = await errors.event(issue, eventId);
    if (!found) continue;
    if (!names.has(issue)) names.set(issue, (await errors.issue(issue))?.shortId ?? '');
    const { hashes, grouping, title } = groupEvent(found.event, options);
    events.push({
      eventId,
      issue: names.get(issue) ?? '',
      title: title ?? latest.find((row) => row.eventId === eventId)?.title ?? '',
      time,
      hash: hashes[0] ?? '',
      changes: !found.hashes.some((hash) => hashes.includes(hash)),
      rule: grouping.fingerprint?.by === 'rule' ? (grouping.fingerprint.rule ?? '') : '',
    });
  }
  return { events, issues: names.size, groups: new Set(events.map(({ hash }) => hash)).size };
}
