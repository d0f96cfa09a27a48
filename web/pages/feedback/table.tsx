import type { JSX } from 'preact';
import type { FeedbackItem } from '../../../src/api/contract-feedback.ts';
import { serverNow } from '../../state/now.ts';
import { State } from '../../widgets/state.tsx';
import { agoText, iso } from '../../words/time.ts';
import { pageOf, STATE_WORDS, whoOf } from './words.ts';

/** One line for each message. */
export function FeedbackTable(props: { rows: readonly FeedbackItem[]; at: number; open: number; onOpen: (item: FeedbackItem) => void }): JSX.Element {
  return (
    <div class="panel plain">
      <table class="table feedback">
        <thead>
          <tr>
            <th class="grow">Message</th>
            <th class="p2">From</th>
            <th class="p2">About</th>
            <th class="p2">State</th>
            <th class="n">Written</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((item, index) => {
            const { glyph, text } = STATE_WORDS[item.state];
            return (
              <tr
                key={item.id}
                id={`feedback-${item.id}`}
                class={index === props.at ? 'current' : undefined}
                aria-selected={item.id === props.open}
                onClick={() => props.onOpen(item)}
              >
                <td class="grow">
                  <button type="button" class="plain name" onClick={() => props.onOpen(item)}>
                    {item.message.slice(0, 300)}
                  </button>
                  <span class="dim small under">
                    {item.project}
                    {item.url !== '' && ` · ${pageOf(item.url)}`}
                    <span class="phone"> · {whoOf(item)}</span>
                  </span>
                </td>
                <td class="p2">
                  <span class="cut feedback-who">{whoOf(item)}</span>
                </td>
                <td class="p2 nowrap">{item.issue ? item.issue.shortId : <span class="dim">{item.eventId === '' ? 'no error' : 'an error'}</span>}</td>
                <td class="p2">
                  <State state={glyph}>{text}</State>
                </td>
                <td class="n nowrap" title={iso(item.time)}>
                  {agoText(item.time, serverNow())}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
