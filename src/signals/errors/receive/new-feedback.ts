import { createHash } from 'node:crypto';
import type { NewFeedback } from '../../../store/feedback/feedback-store.ts';
import type { Feedback } from '../items/feedback.ts';
import { inWords, MOST_USER_AGENT } from '../event/user-agent.ts';
import type { Digesting } from './digesting.ts';

/** What a user wrote, ready to be kept. Who writes leaves the address to be answered: that is no secret here. */
export function newFeedback(
  { request, project, tools: { scrubber, readUserAgent } }: Pick<Digesting, 'request' | 'project' | 'tools'>,
  told: Feedback,
): NewFeedback {
  const { name = '', email = '', eventId = '', ownId = '', environment = '', release = '', source = '' } = told;
  const agent = readUserAgent((request.userAgent ?? '').slice(0, MOST_USER_AGENT));
  // What is no browser, a server of the user's for one, says nothing of them.
  const browser = told.browser ?? (agent.browser ? inWords(agent.browser, agent.os) : '');
  return {
    project: project.id,
    key: keyOf(told),
    time: request.received,
    message: scrubber.prose(told.message),
    name,
    email,
    url: scrubber.prose(told.url ?? ''),
    eventId,
    ownId,
    environment,
    release,
    browser,
    source,
  };
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
