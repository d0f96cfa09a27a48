import { createHash } from 'node:crypto';
import type { NewFeedback } from '../../../store/feedback/feedback-store.ts';
import type { Feedback } from '../items/feedback.ts';
import type { UserAgentFacts } from '../event/user-agent.ts';
import type { Digesting } from './digesting.ts';

const MOST_USER_AGENT = 1024;

/** What a user wrote, ready to be kept. Who writes leaves the address to be answered: that is no secret here. */
export function newFeedback(
  { request, project, tools: { scrubber, readUserAgent } }: Pick<Digesting, 'request' | 'project' | 'tools'>,
  told: Feedback,
): NewFeedback {
  const { name = '', email = '', eventId = '', ownId = '', environment = '', release = '', source = '' } = told;
  const browser = told.browser ?? inWords(readUserAgent((request.userAgent ?? '').slice(0, MOST_USER_AGENT)));
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

/** As `Firefox 143 on Linux`; empty for what is no browser. */
function inWords({ browser, os }: UserAgentFacts): string {
  const named = ({ name, version = '' }: { name: string; version?: string }): string => `${name} ${version}`.trim();
  if (!browser) return '';
  return os ? `${named(browser)} on ${named(os)}` : named(browser);
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
