import type { JSX } from 'preact';
import type { NowAnswer } from '../../../src/api/contract.ts';
import { State } from '../../widgets/state.tsx';
import { iso, moment } from '../../words/time.ts';

/** Why writing fails, and which files are damaged; nothing when all is well. */
export function StorageProblems({ store }: { store: NowAnswer['store'] }): JSX.Element | null {
  const { writeProblem, damage } = store;
  if (writeProblem === '' && damage.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="h-storage">
      <div class="panel-head">
        <h2 id="h-storage">Storage</h2>
        {writeProblem !== '' && <State state="bad">numbers cannot be written</State>}
        {damage.length > 0 && (
          <State state="warn">{damage.length === 1 ? 'a damaged piece was left out' : `${damage.length} damaged pieces were left out`}</State>
        )}
      </div>
      {writeProblem !== '' && <p class="panel-body">{writeProblem}. Reading goes on, and writing does as soon as it can.</p>}
      {damage.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th>File</th>
              <th>What is wrong</th>
              <th class="n p2">Found</th>
            </tr>
          </thead>
          <tbody>
            {damage.map(({ file, what, time }) => (
              <tr key={`${file}${what}`}>
                <td class="mono small">{file}</td>
                <td class="mid">{what}</td>
                <td class="n p2">
                  <time class="dim" title={iso(time)}>
                    {moment(time, Date.now())}
                  </time>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
