import type { JSX } from 'preact';
import type { ReleaseAnswer } from '../../../src/api/contract-releases.ts';
import { thousands } from '../../words/number.ts';
import { part } from './words.ts';

const KINDS: readonly [kind: keyof ReleaseAnswer['outcomes'], text: string, about: string][] = [
  ['healthy', 'Went well', 'Without an error, as far as is told'],
  ['errored', 'Had errors', 'Errors that were caught'],
  ['unhandled', 'Uncaught', 'An error that nothing caught and that did not end it'],
  ['abnormal', 'Cut off', 'Did not end as it should, e.g. frozen or without power'],
  ['crashed', 'Crashed', 'An error ended it'],
];

/** How its sessions went. */
export function Outcomes({ answer: { outcomes, release } }: { answer: ReleaseAnswer }): JSX.Element | null {
  if (release.sessions === 0) return null;
  return (
    <section class="panel" aria-labelledby="h-outcomes">
      <div class="panel-head">
        <h2 id="h-outcomes">How sessions went</h2>
      </div>
      <ul class="panel-body tag-bars">
        {KINDS.filter(([kind]) => outcomes[kind] > 0 || kind === 'crashed').map(([kind, text, about]) => (
          <li key={kind}>
            <span title={about}>{text}</span>
            <span class="n">
              {thousands(outcomes[kind])}, {part((100 * outcomes[kind]) / release.sessions)}
            </span>
            <span class="meter">
              <i class={kind === 'crashed' ? 'bad' : undefined} style={{ width: `${(100 * outcomes[kind]) / release.sessions}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
