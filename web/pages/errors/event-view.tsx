import type { JSX } from 'preact';
import type { EventAnswer } from '../../../src/api/contract-errors.ts';
import { Attachments } from './attachments.tsx';
import { SameTrace } from './same-trace.tsx';
import { Stacks } from './stacks.tsx';
import { Threads } from './threads.tsx';
import { Trail } from './trail.tsx';
import { Request } from './request.tsx';
import { More } from './more.tsx';

/** One event: where it happened, what led to it, the request, and whatever else the client told. */
export function EventView({ answer }: { answer: EventAnswer }): JSX.Element {
  const { event, attachments, issue } = answer;
  return (
    <>
      {event.logentry && !event.exception && (
        <section aria-labelledby="h-message">
          <div class="section-head">
            <h2 id="h-message">Message</h2>
            {event.logger !== undefined && <span class="meta">{event.logger}</span>}
          </div>
          <pre class="code message" tabIndex={0} aria-label="The message">
            {event.logentry.formatted.slice(0, 8000)}
          </pre>
        </section>
      )}
      <Stacks event={event} />
      {event.threads && event.threads.length > 0 && <Threads threads={event.threads} />}
      <Trail event={event} />
      {event.request && <Request request={event.request} event={event} />}
      <SameTrace answer={answer} />
      <Attachments attachments={attachments} project={issue.project} event={event.event_id} />
      <More event={event} />
    </>
  );
}
