import type { JSX } from 'preact';
import type { ReleaseItem } from '../../../src/api/contract-releases.ts';
import { serverNow } from '../../state/now.ts';
import { go } from '../../state/router.ts';
import { Glyph } from '../../widgets/state.tsx';
import { thousands } from '../../words/number.ts';
import { ago, iso } from '../../words/time.ts';
import { releaseLink } from './address.ts';
import { part, share, stateOf } from './words.ts';

const MOST_DEPLOYS = 2;

/** One release in two lines: its name, and in words how it fares. */
export function ReleaseRow({ release }: { release: ReleaseItem }): JSX.Element {
  const { version, adoption, sessions, users, crashFreeSessions, crashFreeUsers, newIssues, regressedIssues, deploys, created, verdict } = release;
  const takeRow = (event: MouseEvent): void => {
    if ((event.target as Element).closest('a, button') || getSelection()?.isCollapsed === false) return;
    go(releaseLink(version));
  };
  return (
    <tr onClick={takeRow}>
      <td class="grow">
        <div>
          <a class="name" href={releaseLink(version)} title={version}>
            {version}
          </a>
        </div>
        <span class="sub says" title={verdict.words}>
          <span class="state small" data-s={stateOf(verdict)}>
            <Glyph state={stateOf(verdict)} />
          </span>{' '}
          {verdict.words}
        </span>
      </td>
      <td class="p2 fit">
        {adoption === null ? (
          <span class="dim">–</span>
        ) : (
          <span class="adoption" title={`${adoption.toFixed(1)} % of the sessions of the last 24 hours`}>
            <span class="meter">
              <i style={{ width: `${Math.max(adoption, adoption > 0 ? 2 : 0)}%` }} />
            </span>
            <span class="n">{part(adoption)}</span>
          </span>
        )}
      </td>
      <td class="n">
        <span class="strong">{share(crashFreeSessions)}</span>
        {crashFreeUsers !== null && <span class="sub">{share(crashFreeUsers)} of users</span>}
      </td>
      <td class="n p2">
        {thousands(sessions)}
        {users > 0 && (
          <span class="sub">
            {thousands(users)} {users === 1 ? 'user' : 'users'}
          </span>
        )}
      </td>
      <td class="n">
        {newIssues === 0 ? <span class="dim">0</span> : thousands(newIssues)}
        {regressedIssues > 0 && <span class="sub">{thousands(regressedIssues)} back</span>}
      </td>
      <td class="p3 fit">
        <span class="chips deploys">
          {deploys.slice(0, MOST_DEPLOYS).map(({ environment, time }) => (
            <span key={environment} class="chip" title={`Deployed to ${environment} ${iso(time)}`}>
              <span>{environment}</span>
            </span>
          ))}
          {deploys.length > MOST_DEPLOYS && <span class="dim">{deploys.length - MOST_DEPLOYS} more</span>}
        </span>
      </td>
      <td class="n dim p2">
        <time title={iso(created)}>{ago(created, serverNow())}</time>
      </td>
    </tr>
  );
}
