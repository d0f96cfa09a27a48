import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EventAnswer, IssueAnswer } from '../../../src/api/contract-errors.ts';
import { unmergeIssue } from '../../state/errors.ts';
import { serverNow } from '../../state/now.ts';
import { say } from '../../state/toast.ts';
import { plural } from '../../words/number.ts';
import { rulesLink } from '../settings/projects/address.ts';
import { fresh } from './fresh.ts';
import { when } from './words.ts';

/** Why the event is in this issue, in sentences; and what was merged into it, to be taken apart again. */
export function Why({ answer, event }: { answer: IssueAnswer | null; event: EventAnswer | null }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (!event && !answer) return null;
  const hashes = answer?.hashes ?? [];
  return (
    <section class="panel" aria-labelledby="h-why">
      <div class="panel-head">
        <h2 id="h-why">Why grouped</h2>
      </div>
      <div class="panel-body stack-s">
        {event && <p class="mid anywhere">{(open ? event.grouping.sentences : event.grouping.sentences.slice(0, 1)).join(' ')}</p>}
        {hashes.length > 1 && <p class="mid">{plural(hashes.length, 'kind')} of events are in this issue.</p>}
        <button type="button" class="plain link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide the recipe' : hashes.length > 1 ? 'Show the recipe and what is merged' : 'Show the recipe'}
        </button>
        {open && event && (
          <p class="small dim">
            <span class="mono">{event.grouping.recipe}</span>, <span class="mono anywhere">{event.grouping.hash}</span>
          </p>
        )}
        {open && answer && <Hashes answer={answer} />}
        {event && event.grouping.rule !== '' && (
          <a
            class="btn"
            href={rulesLink(event.issue.project, event.grouping.rule)}
            title="A rule for all events that say the same, to be tried before it is saved"
          >
            Group these from now on…
          </a>
        )}
      </div>
    </section>
  );
}

function Hashes({ answer: { issue, hashes } }: { answer: IssueAnswer }): JSX.Element | null {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (hashes.length < 2) return null;
  const picked = hashes.filter(({ hash }) => chosen.has(hash));
  const takeApart = (): void => {
    unmergeIssue(
      issue.id,
      picked.map(({ hash }) => hash),
    )
      .then(
        (made) => say(made.issue.id === issue.id ? 'Taken apart' : `Taken apart into ${made.issue.shortId}`),
        (error: Error) => say(error.message),
      )
      .finally(() => fresh.value++);
    setChosen(new Set());
  };
  return (
    <>
      <ul class="hashes">
        {hashes.map(({ hash, title, lastSeen, events, mergedFrom }) => (
          <li key={hash}>
            <label class="hash">
              <input
                type="checkbox"
                checked={chosen.has(hash)}
                onChange={() => {
                  const next = new Set(chosen);
                  if (!next.delete(hash)) next.add(hash);
                  setChosen(next);
                }}
              />
              <span class="cut" title={title}>
                {title}
              </span>
            </label>
            <small class="dim">
              <span class="mono">{hash.slice(0, 8)}</span> {plural(events, 'event')}, last {when(lastSeen, serverNow())}
              {mergedFrom !== '' && `, from ${mergedFrom}`}
            </small>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="btn"
        disabled={picked.length === 0 || picked.length === hashes.length}
        title={picked.length === hashes.length ? 'One kind must stay' : ''}
        onClick={takeApart}
      >
        Take apart{picked.length > 0 && ` ${picked.length}`}
      </button>
    </>
  );
}
