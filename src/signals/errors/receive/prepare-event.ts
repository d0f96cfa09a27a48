import type { ErrorEvent } from '../../../core/error-event.ts';
import type { NewEvent } from '../../../store/errors/errors-store.ts';
import { readJob } from '../event/job.ts';
import { describeEvent, userTag } from '../event/title.ts';
import { withClientContexts } from '../event/user-agent.ts';
import { groupEvent } from '../grouping/group-event.ts';
import { classifyStacks, markInApp } from '../grouping/in-app.ts';
import { scrubEvent } from '../scrub/scrub-event.ts';
import type { EventTools } from './tools.ts';

/** Adds what the client left out, hides secrets, says which frames are the program's own, groups and describes. */
export function prepareEvent(raw: ErrorEvent, project: { id: number; slug: string }, tools: EventTools): NewEvent {
  const { scrubber, readUserAgent, stackRules, fingerprintRules } = tools;
  const event = scrubEvent(withClientContexts(raw, readUserAgent), scrubber);
  const views = classifyStacks(event, stackRules);
  markInApp(views);
  const { hashes, title, main, grouping } = groupEvent(event, { stackRules, fingerprintRules, views });
  const clue = readJob(event);
  const described = describeEvent(main === undefined ? event : { ...event, exception: [...(event.exception ?? []), main] });
  return {
    project: project.id,
    slug: project.slug,
    event,
    hashes,
    recipe: grouping.recipe,
    title: title ?? described.title,
    culprit: described.culprit,
    metadata: title === undefined ? described.metadata : { ...described.metadata, title },
    handled: described.handled,
    user: userTag(event.user) ?? '',
    trace: clue?.trace,
    clue,
  };
}
