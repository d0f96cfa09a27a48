import type { JSX } from 'preact';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import type { Mark } from '../../state/marks.ts';
import { serverNow } from '../../state/now.ts';
import { range } from '../../state/range.ts';
import { rangeShort } from '../../words/range.ts';
import { iso } from '../../words/time.ts';
import { thousands } from '../../words/number.ts';
import { releaseLink } from '../releases/address.ts';
import { HowOften } from './how-often.tsx';
import { shortRelease, when } from './words.ts';

/** How often it happened in the window, and since when it does at all. */
export function HowOftenPanel(props: { issue: IssueItem; window: { from: number; until: number }; marks: readonly Mark[] }): JSX.Element {
  const { issue, window } = props;
  const ever = (here: number, all: number): JSX.Element => (
    <>
      {thousands(here)}
      {all > here && <span class="dim"> of {thousands(all)}</span>}
    </>
  );
  const moment = (time: number, release: string): JSX.Element => (
    <>
      <time title={iso(time)}>{when(time, serverNow())}</time>
      {release !== '' && (
        <>
          ,{' '}
          <a href={releaseLink(release)} title={`Release ${release}`}>
            {shortRelease(release)}
          </a>
        </>
      )}
    </>
  );
  return (
    <section class="panel" aria-labelledby="h-often">
      <div class="panel-head">
        <h2 id="h-often">How often</h2>
        <span class="meta">{rangeShort(range.value)}</span>
      </div>
      <HowOften values={issue.trend} {...window} marks={props.marks} bad={issue.substate === 'new'} height={70} />
      <div class="panel-body">
        <dl class="kv">
          <dt>Events</dt>
          <dd>{ever(issue.events, issue.allEvents)}</dd>
          <dt>People</dt>
          <dd>{ever(issue.users, issue.allUsers)}</dd>
          <dt>First</dt>
          <dd>{moment(issue.firstSeen, issue.firstRelease)}</dd>
          <dt>Last</dt>
          <dd>{moment(issue.lastSeen, issue.lastRelease)}</dd>
        </dl>
      </div>
    </section>
  );
}
