import type { JSX } from 'preact';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import type { ReleaseAnswer } from '../../../src/api/contract-releases.ts';
import { serverNow } from '../../state/now.ts';
import { pageLink, route } from '../../state/router.ts';
import { Seg } from '../../widgets/seg.tsx';
import { thousands } from '../../words/number.ts';
import { ago, iso } from '../../words/time.ts';
import { PATH as ERRORS } from '../errors/address.ts';
import { IssueName } from '../errors/issue-name.tsx';
import { term } from '../errors/search-tokens.ts';
import { Trend } from '../errors/trend.tsx';
import { addressOf, ISSUES, show, type Issues } from './address.ts';

const TABS: Readonly<Record<Issues, string>> = { new: 'New', regressed: 'Came back', resolved: 'Resolved' };
const NONE: Readonly<Record<Issues, string>> = {
  new: 'No issue began with this release.',
  regressed: 'Nothing that was resolved came back in it.',
  resolved: 'No issue was resolved in this release, nor by one of its commits.',
};

/** Issues by what became of them in the release. */
export function ReleaseIssues({ answer: { issues, release } }: { answer: ReleaseAnswer }): JSX.Element {
  const chosen = addressOf(route.value.params).issues;
  const tab = chosen === '' ? (ISSUES.find((one) => issues[one].total > 0) ?? 'new') : chosen;
  const { items, total } = issues[tab];
  return (
    <section class="panel" aria-labelledby="h-issues">
      <div class="panel-head">
        <h2 id="h-issues">Issues</h2>
        <span class="push">
          <Seg
            name="Which issues"
            options={ISSUES.map((key) => ({ key, text: TABS[key], note: issues[key].total > 0 ? thousands(issues[key].total) : undefined }))}
            value={tab}
            onChange={(key) => show({ issues: key })}
          />
        </span>
      </div>
      {items.length === 0 ? (
        <p class="panel-body mid">{NONE[tab]}</p>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th>Issue</th>
              <th class="p2">
                <span class="sr">Over the window</span>
              </th>
              <th class="n">Events</th>
              <th class="n p2">People</th>
              <th class="n">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {items.map((issue) => (
              <Row key={issue.id} issue={issue} />
            ))}
          </tbody>
        </table>
      )}
      <div class="panel-foot">
        <a href={pageLink(ERRORS, { q: term('release', release.version) })}>All errors of this release</a>
        {total > items.length && <span>{thousands(total - items.length)} more are not shown</span>}
      </div>
    </section>
  );
}

function Row({ issue }: { issue: IssueItem }): JSX.Element {
  return (
    <tr>
      <td class="grow">
        <IssueName issue={issue} />
      </td>
      <td class="p2 fit">
        <Trend values={issue.trend} bad={issue.substate === 'new'} />
      </td>
      <td class="n strong">{thousands(issue.allEvents)}</td>
      <td class="n p2">{issue.allUsers === 0 ? <span class="dim">0</span> : thousands(issue.allUsers)}</td>
      <td class="n dim">
        <time title={iso(issue.lastSeen)}>{ago(issue.lastSeen, serverNow())}</time>
      </td>
    </tr>
  );
}
