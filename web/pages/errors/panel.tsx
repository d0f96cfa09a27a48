import type { JSX } from 'preact';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import { useMarks } from '../../state/marks.ts';
import { serverNow } from '../../state/now.ts';
import { copyText } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { SidePanel } from '../../widgets/side-panel.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { span } from '../../words/time.ts';
import { issueLink, show } from './address.ts';
import { AssignMenu } from './assign-menu.tsx';
import { doTo } from './do.ts';
import { mainTrace } from './frames.ts';
import { HowOften } from './how-often.tsx';
import { useEvent, useIssue } from './issue.ts';
import { markdownOf } from './markdown.ts';
import { ResolveButtons } from './resolve-menu.tsx';
import { TagLine } from './tag-line.tsx';
import { Trace } from './trace.tsx';
import { firstSeen, howMany, standingLong, tellingTags } from './words.ts';
import { Problem } from '../../widgets/problem.tsx';

const TOP_ROWS = 4;
const TOP_TAGS = 8;

/** The chosen issue beside the list; a whole sheet where there is little room. `row` is what the list knows of it already. */
export function IssuePanel({ id, row }: { id: string; row: IssueItem | undefined }): JSX.Element {
  const { answer, window, problem } = useIssue(id);
  const { answer: latest } = useEvent(id, 'latest');
  const marks = useMarks();
  const close = (): void => show({ issue: '' });
  const issue = answer?.issue ?? row;
  const stand = issue && standingLong(issue);
  const trace = latest && mainTrace(latest.event);
  return (
    <SidePanel
      name="Issue"
      title={issue?.shortId ?? id}
      onClose={close}
      tools={
        <>
          <button
            type="button"
            class="btn quiet icon"
            aria-label="Copy as Markdown"
            title="Copy as Markdown"
            disabled={!latest}
            onClick={() => latest && void copyText(markdownOf(latest, new URL(issueLink(id), location.href).href), 'Copied as Markdown')}
          >
            <Icon name="copy" />
          </button>
          <a class="btn quiet icon" href={issueLink(id)} aria-label="Open the whole page" title="Open  Enter">
            <Icon name="expand" />
          </a>
        </>
      }
    >
      <Problem text={problem?.message ?? ''} />
      {!issue && !problem && <Skeleton rows={6} slow="Heed takes long to answer." />}
      {issue && stand && (
        <>
          <div>
            <div class="row panel-chips">
              <span class="state pill" data-s={stand.state}>
                <Glyph state={stand.state} />
                <span class="cut">{stand.text}</span>
              </span>
              <span class="chip">
                <span>{issue.project}</span>
              </span>
              {issue.handled === false && (
                <span class="chip">
                  <span>not caught</span>
                </span>
              )}
            </div>
            <h2 class="panel-title clamp" title={issue.title.length > 120 ? issue.title : undefined}>
              {issue.title.slice(0, 1000)}
            </h2>
            {issue.culprit !== '' && <p class="mono small dim panel-culprit">{issue.culprit}</p>}
          </div>
          <div class="btn-row">
            <ResolveButtons issues={[issue]} onDo={(change) => void doTo([issue], change)} />
            <AssignMenu assignee={issue.assignee} onDo={(change) => void doTo([issue], change)} />
          </div>
          <p class="mid">
            {firstSeen(issue, marks, serverNow())} {howMany(issue)}
          </p>
          <div>
            <h3>Events, {span(window.from, window.until, serverNow())}</h3>
            <HowOften values={issue.trend} {...window} marks={marks} bad={issue.substate === 'new'} height={84} inset />
          </div>
        </>
      )}
      {trace && (
        <div>
          <h3>Where</h3>
          <Trace key={latest.event.event_id} trace={trace} all={false} most={TOP_ROWS} />
        </div>
      )}
      {answer && answer.tags.length > 0 && (
        <div>
          <h3>Who and where else</h3>
          <dl class="kv">
            {tellingTags(answer.tags)
              .slice(0, TOP_TAGS)
              .map((tag) => (
                <TagLine key={tag.key} tag={tag} />
              ))}
          </dl>
        </div>
      )}
      {issue && (
        <a class="btn whole-page" href={issueLink(id)}>
          Open the whole page
        </a>
      )}
    </SidePanel>
  );
}
