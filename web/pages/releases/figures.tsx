import type { JSX } from 'preact';
import type { ReleaseItem } from '../../../src/api/contract-releases.ts';
import { range } from '../../state/range.ts';
import { plural, thousands } from '../../words/number.ts';
import { rangeText } from '../../words/range.ts';
import { part, share } from './words.ts';

/** What it had in the window, in figures. */
export function Figures({ release }: { release: ReleaseItem }): JSX.Element {
  const { crashFreeSessions, crashFreeUsers, sessions, users, adoption, events, newIssues, regressedIssues } = release;
  const tile = (label: string, text: string, versus: string): JSX.Element => (
    <div class="tile still">
      <span class="label">{label}</span>
      <span class={text === '–' ? 'figure dim' : 'figure'}>{text}</span>
      <span class="versus">{versus}</span>
    </div>
  );
  return (
    <div class="tiles" aria-label={rangeText(range.value)}>
      {tile('Crash-free sessions', share(crashFreeSessions), sessions === 0 ? 'no session came' : `of ${plural(sessions, 'session')}`)}
      {tile('Crash-free users', share(crashFreeUsers), users === 0 ? 'sessions named no users' : `of ${plural(users, 'user')}`)}
      {tile('Adoption', adoption === null ? '–' : part(adoption), 'of the sessions of 24 h')}
      {tile(
        'New issues',
        thousands(newIssues),
        regressedIssues > 0 ? `${thousands(regressedIssues)} came back, ${plural(events, 'event')}` : plural(events, 'event'),
      )}
    </div>
  );
}
