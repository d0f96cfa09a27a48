import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { seenProjects } from '../../state/me.ts';
import { Code } from '../../widgets/code.tsx';
import { TabList } from '../../widgets/seg.tsx';
import type { Shown } from './address.ts';

const TABS = [
  { key: 'widget', text: 'A button on your pages' },
  { key: 'dialog', text: 'After an error' },
  { key: 'curl', text: 'Your own form' },
] as const;

/** Before the first message: what to paste. The list asks again by itself. */
export function FirstFeedback({ project }: { project: string }): JSX.Element {
  const [tab, setTab] = useState<(typeof TABS)[number]['key']>('widget');
  const known = seenProjects.value.find(({ slug }) => slug === project) ?? seenProjects.value.at(0);
  const dsn = known?.dsn ?? 'DSN';
  const { origin, username, pathname } = URL.parse(dsn) ?? new URL('http://KEY@heed:4400/1');
  const code = {
    widget: `import * as Sentry from '@sentry/browser';\n\nSentry.init({\n  dsn: '${dsn}',\n  integrations: [Sentry.feedbackIntegration()],\n});`,
    dialog: `Sentry.init({\n  dsn: '${dsn}',\n  beforeSend(event) {\n    if (event.exception) Sentry.showReportDialog({ eventId: event.event_id });\n    return event;\n  },\n});`,
    curl: `curl '${origin}/api/0/projects/heed/${known?.slug ?? 'default'}/user-feedback/?sentry_key=${username}' \\\n  -H 'content-type: application/json' \\\n  -d '{"event_id":"${'0'.repeat(32)}","name":"Ann","email":"ann@example.org","comments":"The cart is empty"}'\n# event_id: of the error that it is about, as the SDK gave it; DSN of project ${pathname.slice(1)}`,
  };
  return (
    <div class="empty first-event">
      <h2>Nobody wrote anything yet</h2>
      <p>
        Let users say what went wrong, or what they miss. It appears here with the page, the browser, a screenshot if they attach one, and the error that they
        met.
      </p>
      <TabList name="Ways to ask" tabs={TABS} value={tab} panel="feedback-how" onChange={setTab} />
      <div id="feedback-how" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        <Code name="What to paste" text={code[tab]} />
      </div>
      <span class="wait" role="status">
        Waiting for the first message
      </span>
    </div>
  );
}

const NOTHING: Record<Shown, [head: string, text: string]> = {
  open: ['Nothing is open', 'All that was written is resolved or spam. What comes next appears here by itself.'],
  resolved: ['Nothing is resolved', 'Key r resolves what is chosen.'],
  spam: ['Nothing is spam', 'Key u calls what is chosen spam.'],
  all: ['Nothing here', 'Nobody wrote anything to this project.'],
};

export function NothingHere({ state, query }: { state: Shown; query: string }): JSX.Element {
  const [head, text] = query === '' ? NOTHING[state] : ['Nothing matches', 'No message of this state has all of these words.'];
  return (
    <div class="empty" role="status">
      <h2>{head}</h2>
      <p>{text}</p>
    </div>
  );
}
