import type { JSX } from 'preact';
import type { NowAnswer, ProtocolState } from '../../../src/api/contract.ts';
import { Spark } from '../../charts/spark.tsx';
import { range } from '../../state/range.ts';
import { rangeText } from '../../words/range.ts';
import { pageLink } from '../../state/router.ts';
import { short, thousands } from '../../words/number.ts';
import { ago, iso } from '../../words/time.ts';
import { addressText } from './lines.ts';
import { storeText } from './tiles.tsx';
import type { Trends } from './trends.ts';

/** What is counted, where it is no line. */
const UNITS: Record<string, string> = { pickle: 'points/s', sentry: 'events/s' };

/** Each way in: where it listens, how much comes, and what of it was dropped. */
export function Arrives({ answer, trends }: { answer: NowAnswer; trends: Trends }): JSX.Element {
  return (
    <section class="panel" aria-labelledby="h-arrives">
      <div class="panel-head">
        <h2 id="h-arrives">What arrives</h2>
        <span class="meta">{storeText(answer)}</span>
      </div>
      <table class="table">
        <thead>
          <tr>
            <th>Protocol</th>
            <th class="p2">Address</th>
            <th class="n">Rate</th>
            <th class="p2">{rangeText(range.value)}</th>
            <th class="n p3">Last</th>
            <th class="n">Dropped</th>
          </tr>
        </thead>
        <tbody>
          {answer.protocols.map((protocol) => (
            <Row key={protocol.name} protocol={protocol} now={answer.now} values={trends.get(protocol.series)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ protocol, now, values }: { protocol: ProtocolState; now: number; values: readonly (number | null)[] | undefined }): JSX.Element {
  const { title, name, addresses, rate, last, dropped, droppedWhy, series } = protocol;
  return (
    <tr>
      <td>
        {last === null ? (
          title
        ) : (
          <a class="name" href={pageLink('/metrics', { target: series })}>
            {title}
          </a>
        )}
      </td>
      <td class="dim mono small p2 addresses" title={addresses.join(', ')}>
        {addressText(addresses)}
      </td>
      <td class="n">
        {last === null ? (
          <span class="dim">nothing yet</span>
        ) : (
          <>
            {rate >= 10 ? thousands(Math.round(rate)) : short(rate, 2)}
            <span class="unit">{UNITS[name] ?? 'lines/s'}</span>
          </>
        )}
      </td>
      <td class="p2 fit">{last !== null && values && <Spark values={values} />}</td>
      <td class="n p3">
        {last !== null && (
          <time class="dim" title={iso(last)}>
            {ago(last, now)}
          </time>
        )}
      </td>
      <td class="n">
        {thousands(dropped)}
        {droppedWhy !== '' && <span class="unit not-phone">{droppedWhy}</span>}
      </td>
    </tr>
  );
}
