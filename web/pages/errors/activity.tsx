import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { IssueAnswer } from '../../../src/api/contract-errors.ts';
import { commentIssue } from '../../state/errors.ts';
import { serverNow } from '../../state/now.ts';
import { say } from '../../state/toast.ts';
import { ago, iso } from '../../words/time.ts';
import { fresh } from './fresh.ts';
import { doneWords } from './words.ts';

const SHORT = 4;
const MOST_LETTERS = 5000;

/** What people and Heed did with it, newest first, and a place to say something. */
export function Activity({ answer: { issue, activity }, short = false }: { answer: IssueAnswer; short?: boolean }): JSX.Element {
  const shown = short ? activity.slice(0, SHORT) : activity;
  return (
    <section class="panel" aria-labelledby="h-activity">
      <div class="panel-head">
        <h2 id="h-activity">Activity</h2>
      </div>
      <Comment id={issue.id} />
      <ul class="feed acts">
        {shown.map((act) => (
          <li key={act.id}>
            <span />
            <p class={act.kind === 'comment' ? 'comment' : undefined}>{doneWords(act)}</p>
            <time class="dim" title={iso(act.time)}>
              {ago(act.time, serverNow())}
            </time>
            {act.by !== '' && <small>{act.by}</small>}
          </li>
        ))}
      </ul>
      {shown.length < activity.length && <p class="panel-foot">{activity.length - shown.length} more under Activity</p>}
    </section>
  );
}

function Comment({ id }: { id: number }): JSX.Element {
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const send = async (): Promise<void> => {
    if (text.trim() === '' || sending) return;
    setSending(true);
    try {
      await commentIssue(id, text.trim());
      setText('');
      fresh.value++;
    } catch (error) {
      say((error as Error).message);
    }
    setSending(false);
  };
  return (
    <form
      class="panel-body comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        class="field"
        rows={2}
        aria-label="Comment"
        placeholder="What did you find?"
        maxLength={MOST_LETTERS}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          void send();
        }}
      />
      {text.trim() !== '' && (
        <button type="submit" class="btn" disabled={sending}>
          Comment
        </button>
      )}
    </form>
  );
}
