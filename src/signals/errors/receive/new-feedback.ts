import { createHash } from 'node:crypto';
import type { NewFeedback } from '../../../store/feedback/feedback-store.ts';
import type { Feedback } from '../items/feedback.ts';
import type { Scrubber } from '../scrub/scrubber.ts';

/** What a user wrote, ready to be kept. Who writes leaves the address to be answered: that is no secret here. */
export function newFeedback(project: number, told: Feedback, time: number, scrubber: Scrubber): NewFeedback {
  const { name = '', email = '', eventId = '', ownId = '', environment = '', release = '', browser = '', source = '' } = told;
  const message = scrubber.prose(told.message);
  return { project, key: keyOf(told), time, message, name, email, url: scrubber.prose(told.url ?? ''), eventId, ownId, environment, release, browser, source };
}

/** The same event with the same words is the same: dialogs are sent twice, and clients send again what they think was lost. */
function keyOf({ ownId, eventId, message, email }: Feedback): string {
  return (
    ownId ??
    createHash('sha256')
      .update(`${eventId ?? ''}\n${email ?? ''}\n${message}`)
      .digest('hex')
      .slice(0, 32)
  );
}
