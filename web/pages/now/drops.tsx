import type { JSX } from 'preact';
import type { NowAnswer } from '../../../src/api/contract.ts';
import { pageLink } from '../../state/router.ts';
import { State } from '../../widgets/state.tsx';
import { plural, thousands } from '../../words/number.ts';
import { moment } from '../../words/time.ts';

/** Words that begin with a dash, such as options, are kept on one line. */
function unbroken(text: string): JSX.Element[] {
  return text.split(/(--[\w-]+)/).map((part, index) => (
    <span key={index} class={index % 2 === 1 ? 'nowrap' : undefined}>
      {part}
    </span>
  ));
}

/** What was dropped, why, and what to do about it. */
export function Drops({ answer }: { answer: NowAnswer }): JSX.Element {
  const { drops, started, now } = answer;
  const since = `since the start at ${moment(started, now, false)}`;
  return (
    <section class="panel" aria-labelledby="h-drops">
      <div class="panel-head">
        <h2 id="h-drops">Dropped, and why</h2>
        {drops.length > 0 && (
          <span class="meta">{`${plural(
            drops.reduce((sum, drop) => sum + drop.count, 0),
            'number',
          )} ${since}`}</span>
        )}
      </div>
      {drops.length === 0 ? (
        <div class="panel-body">
          <State state="ok">Nothing was dropped {since}.</State>
        </div>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th>Reason</th>
              <th class="p2">By</th>
              <th class="n">Count</th>
              <th class="advice-cell">What to do</th>
            </tr>
          </thead>
          <tbody>
            {drops.map((drop) => (
              <tr key={drop.counter}>
                <td>
                  <a class="name" href={pageLink('/metrics', { target: `heed.${drop.counter}` })}>
                    {drop.reason}
                  </a>
                </td>
                <td class="dim p2">{drop.part}</td>
                <td class="n">{thousands(drop.count)}</td>
                <td class="mid advice-cell">{unbroken(drop.advice)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
