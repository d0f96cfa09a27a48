import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeedbackItem } from '../../../src/api/contract-feedback.ts';
import { useAsked } from '../../state/asked.ts';
import { askFeedback } from '../../state/feedback.ts';
import { useKeys } from '../../state/keys.ts';
import { usualProject } from '../../state/me.ts';
import { route } from '../../state/router.ts';
import { ProjectMenu } from '../../widgets/project-menu.tsx';
import { Seg } from '../../widgets/seg.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { addressOf, MANY, show } from './address.ts';
import { settle } from './do.ts';
import { FirstFeedback, NothingHere } from './empty.tsx';
import { FeedbackPanel } from './panel.tsx';
import { FeedbackTable } from './table.tsx';
import { Problem } from '../../widgets/problem.tsx';

/** What users wrote: the newest first, one of it beside. */
export function FeedbackList(): JSX.Element {
  const address = addressOf(route.value.params);
  const { state, query, project, feedback: open, limit } = address;
  const { answer, problem, again } = useAsked(JSON.stringify([state, query, project, limit]), (signal) =>
    askFeedback({ project, state, query, limit }, signal),
  );
  const [cursor, setCursor] = useState({ id: 0, at: -1 });
  useEffect(() => void (document.title = 'Feedback · Heed'));
  const rows = answer?.feedback ?? [];
  const found = rows.findIndex(({ id }) => id === (open || cursor.id));
  // Where the row left, by being settled, the cursor is at the one that took its place.
  const at = found >= 0 || cursor.id === 0 ? found : Math.min(cursor.at, rows.length - 1);
  const latest = useRef({ rows, at, open });
  latest.current = { rows, at, open };
  const subject = (): FeedbackItem | undefined => latest.current.rows[latest.current.at];
  const move = (step: number): void => {
    const all = latest.current.rows;
    const row = all[Math.max(0, Math.min(all.length - 1, latest.current.at + step))] as FeedbackItem | undefined;
    if (!row) return;
    setCursor({ id: row.id, at: all.indexOf(row) });
    document.getElementById(`feedback-${row.id}`)?.scrollIntoView({ block: 'nearest' });
    if (latest.current.open !== 0) show({ feedback: row.id }, true);
  };
  const settleSubject = (to: 'resolved' | 'spam'): void => {
    const item = subject();
    if (item) void settle(item, item.state === to ? 'open' : to, again);
  };
  useKeys([
    { keys: 'j', about: 'next', run: () => move(1) },
    { keys: 'k', about: 'before', run: () => move(latest.current.at < 0 ? 0 : -1) },
    {
      keys: 'Enter',
      about: 'open beside the list',
      run: (event) => {
        const control = event.target instanceof Element ? event.target.closest<HTMLElement>('button, a, summary') : null;
        const item = subject();
        if (control) control.click();
        else if (item) show({ feedback: item.id });
        else move(1);
      },
    },
    { keys: 'r', about: 'resolve, or open again', run: () => settleSubject('resolved') },
    { keys: 'u', about: 'spam, or open again', run: () => settleSubject('spam') },
  ]);
  const totals = answer?.totals;
  const none = totals !== undefined && totals.open + totals.resolved + totals.spam === 0;
  const first = none && query === '' && project === usualProject();
  return (
    <div class={open === 0 ? 'split alone' : 'split'}>
      <div class="main">
        <div class="list-head">
          <h1 class="sr">Feedback</h1>
          {!first && (
            <div class="row list-tools">
              <Seg
                name="State"
                options={[
                  { key: 'open', text: 'Open', note: totals && String(totals.open) },
                  { key: 'resolved', text: 'Resolved', note: totals && String(totals.resolved) },
                  { key: 'spam', text: 'Spam', note: totals && String(totals.spam) },
                  { key: 'all', text: 'All' },
                ]}
                value={state}
                onChange={(next) => show({ state: next, feedback: 0 })}
              />
              <ProjectMenu value={project} onChange={(value) => show({ project: value, feedback: 0 })} />
              <Search query={query} />
            </div>
          )}
        </div>
        <Problem text={problem?.message ?? ''} list />
        {!answer && !problem && <Skeleton rows={8} slow="Heed takes long to answer." />}
        {answer && first && <FirstFeedback project={project} />}
        {answer && !first && rows.length === 0 && <NothingHere state={state} query={query} />}
        {rows.length > 0 && <FeedbackTable rows={rows} at={at} open={open} onOpen={(item) => show({ feedback: item.id })} />}
        {answer?.next && limit < MANY && (
          <p class="pad">
            <button type="button" class="btn" onClick={() => show({ limit: MANY })}>
              More
            </button>
          </p>
        )}
        {answer?.next && limit === MANY && <p class="pad dim">The newest {MANY} are shown: search for words to find older ones.</p>}
      </div>
      {open !== 0 && <FeedbackPanel key={open} id={open} onChanged={again} />}
    </div>
  );
}

function Search({ query }: { query: string }): JSX.Element {
  const [text, setText] = useState(query);
  useEffect(() => setText(query), [query]);
  return (
    <form
      class="feedback-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        show({ query: text.trim() });
      }}
    >
      <input
        class="field"
        type="search"
        aria-label="Search feedback"
        placeholder="Words, a name, a page"
        maxLength={200}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          if (event.currentTarget.value === '') show({ query: '' });
        }}
      />
    </form>
  );
}
