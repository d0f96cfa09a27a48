import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ReleaseAnswer } from '../../../src/api/contract-releases.ts';
import { serverNow } from '../../state/now.ts';
import { plural } from '../../words/number.ts';
import { ago, iso } from '../../words/time.ts';

const FEW = 10;

/** What it is made of since the release before, as whoever builds it told. */
export function Commits({ commits }: { commits: ReleaseAnswer['commits'] }): JSX.Element | null {
  const [all, setAll] = useState(false);
  if (commits.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="h-commits">
      <div class="panel-head">
        <h2 id="h-commits">Commits</h2>
        <span class="meta">{plural(commits.length, 'commit')}</span>
      </div>
      <table class="table">
        <tbody>
          {commits.slice(0, all ? undefined : FEW).map(({ id, message, author, time, repository, link }) => (
            <tr key={id}>
              <td class="fit mono small" title={`${id} ${repository}`}>
                {link === '' ? (
                  id.slice(0, 8)
                ) : (
                  <a href={link} target="_blank" rel="noreferrer">
                    {id.slice(0, 8)}
                  </a>
                )}
              </td>
              <td class="grow">
                <div title={message}>{message === '' ? <span class="dim">no message</span> : message.split('\n')[0]}</div>
              </td>
              <td class="p2 clip dim">{author}</td>
              <td class="n dim">{time !== null && <time title={iso(time)}>{ago(time, serverNow())}</time>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {commits.length > FEW && !all && (
        <div class="panel-foot">
          <button type="button" class="plain link" onClick={() => setAll(true)}>
            Show all {commits.length}
          </button>
        </div>
      )}
    </section>
  );
}
