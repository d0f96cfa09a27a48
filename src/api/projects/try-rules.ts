import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import type { RuledEvent, RulesTrial } from '../contract.ts';
import { loadGrouping, type Rules } from '../issues/load-grouping.ts';
import { newestEvents } from '../issues/newest-events.ts';

/** Of a project's latest events, as many as a look takes a fraction of a second for. */
const EVENTS = 50;

/** What rules would make of a project's latest events. Nothing is changed. @throws HeedError `bad_rules` naming the line */
export async function tryRules(errors: ErrorsStore, project: CatalogProject, rules: Rules): Promise<RulesTrial> {
  const { groupEvent, compile } = await loadGrouping();
  const options = compile(rules);
  const latest = await newestEvents(errors, Number(project.id), EVENTS);
  const names = new Map<number, string>();
  const events: RuledEvent[] = [];
  for (const { eventId, issue, time, title: told } of latest) {
    const found = await errors.event(issue, eventId);
    if (!found) continue;
    if (!names.has(issue)) names.set(issue, (await errors.issue(issue))?.shortId ?? '');
    const { hashes, grouping, title } = groupEvent(found.event, options);
    events.push({
      eventId,
      issue: names.get(issue) ?? '',
      title: title ?? told,
      time,
      hash: hashes[0] ?? '',
      changes: !found.hashes.some((hash) => hashes.includes(hash)),
      rule: grouping.fingerprint?.by === 'rule' ? (grouping.fingerprint.rule ?? '') : '',
    });
  }
  return { events, issues: names.size, groups: new Set(events.map(({ hash }) => hash)).size };
}
