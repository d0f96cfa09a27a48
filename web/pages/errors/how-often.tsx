import type { JSX } from 'preact';
import { lines, timeLabel, timeTicks, valueAxis, valueLabels } from '../../charts/ticks.ts';
import { serverNow } from '../../state/now.ts';
import type { Mark } from '../../state/marks.ts';
import { range } from '../../state/range.ts';
import { plural } from '../../words/number.ts';
import { clock, iso, moment } from '../../words/time.ts';
import { cutLabel, placeMarks } from './mark-places.ts';

const WIDTH = 1000;
const GAP = 4;

/** Bars of events over a window, in equal slots, with what was marked in it. */
export function HowOften(props: {
  values: readonly number[];
  from: number;
  until: number;
  marks: readonly Mark[];
  bad: boolean;
  height: number;
  inset?: boolean;
}): JSX.Element {
  const { values, from, until } = props;
  const most = Math.max(0, ...values);
  const axis = valueAxis(0, most, 'count', false);
  const grid = lines(axis.min, axis.max, axis.step).filter((value) => Number.isInteger(value));
  // Small charts have two or three labels, not six.
  const shown = grid.length > 4 ? grid.filter((_, index) => index % 2 === 0) : grid;
  const labels = valueLabels(shown, 'count');
  const slot = WIDTH / Math.max(1, values.length);
  const bars = values
    .map((value, index) => {
      if (value === 0) return '';
      const high = Math.max(1, (value / axis.max) * 100);
      return `M${(index * slot + GAP / 2).toFixed(1)} 100v${(-high).toFixed(1)}h${Math.max(1, slot - GAP).toFixed(1)}v${high.toFixed(1)}z`;
    })
    .join('');
  const { times, step } = timeTicks(from, until, 3);
  const place = (time: number): number => ((time - from) / (until - from)) * 100;
  const peak = values.indexOf(most);
  const size = (until - from) / Math.max(1, values.length);
  const says =
    most === 0
      ? 'No events in this window'
      : `${plural(
          values.reduce((sum, value) => sum + value, 0),
          'event',
        )}, most at ${moment(from + peak * size, serverNow(), false)}: ${plural(most, 'event')}`;
  return (
    <div class={`chart often${props.inset ? ' inset' : ''}`} style={{ '--h': `${props.height}px` }}>
      <div class="y">
        {shown.map((value, index) => (
          <span key={value} style={{ bottom: `${(value / axis.max) * 100}%` }}>
            {labels[index]}
          </span>
        ))}
      </div>
      <div class="plot">
        <svg class="data" viewBox={`0 0 ${WIDTH} 100`} preserveAspectRatio="none" role="img" aria-label={says}>
          <title>{says}</title>
          <g class="grid">
            <path d={shown.map((value) => (value === 0 ? '' : `M0 ${(100 - (value / axis.max) * 100).toFixed(1)}H${WIDTH}`)).join('')} />
          </g>
          <path class={props.bad ? 'often-bad' : 'often-plain'} d={bars} />
        </svg>
        {placeMarks(props.marks, from, until).map(({ mark, at, label }) => (
          <span
            key={`${mark.time} ${mark.text}`}
            class={`marker${label === 'none' ? ' bare' : label === 'left' ? ' left' : ''}`}
            style={{ left: `${at.toFixed(2)}%` }}
            title={`${mark.text}, ${iso(mark.time)}`}
          >
            <a>{cutLabel(mark.text)}</a>
          </span>
        ))}
      </div>
      <div class="x">
        <span style={{ left: '0%' }}>{clock(from)}</span>
        {times
          .filter((time) => place(time) > 22 && place(time) < 78)
          .map((time) => (
            <span key={time} style={{ left: `${place(time).toFixed(2)}%` }}>
              {timeLabel(time, step)}
            </span>
          ))}
        <span class="end" style={{ left: '100%' }}>
          {range.value.live ? 'now' : clock(until)}
        </span>
      </div>
    </div>
  );
}
