import type { JSX } from 'preact';
import type { Mark } from '../state/marks.ts';
import { Value } from '../widgets/figure.tsx';
import { clock, day } from '../words/time.ts';
import { colourClass, valueAt, type Line } from './rows.ts';

const MOST = 8;

/** The values under the cursor, highest first, on the side with more room. On a phone theme.css docks it as one line. */
export function Readout(props: {
  lines: readonly Line[];
  hidden: ReadonlySet<string>;
  /** What happened near the cursor. */
  marks: readonly Mark[];
  time: number;
  left: number;
  offset: number;
  width: number;
}): JSX.Element {
  const shown = props.lines
    .filter((line) => !props.hidden.has(line.key))
    .map((line) => ({ line, value: valueAt(line, props.time) }))
    .filter(({ value }) => value !== null)
    .toSorted((a, b) => (b.value as number) - (a.value as number));
  const right = props.left < props.width / 2;
  const place = right ? { left: `${props.offset + props.left + 14}px` } : { right: `${props.width - props.left + 30}px` };
  const seconds = (props.lines[0]?.row.step ?? 0) < 60_000;
  return (
    <div class="readout" style={place} aria-hidden="true">
      <h4>
        {day(props.time, true)}, {clock(props.time, seconds)}
      </h4>
      {shown.slice(0, MOST).map(({ line, value }) => (
        <div key={line.key} class={colourClass(line)}>
          <span class="key" />
          <span class="cut">{line.label}</span>
          <b>
            <Value of={value} unit={line.unit} />
          </b>
        </div>
      ))}
      {shown.length > MOST && <div class="dim">{shown.length - MOST} more</div>}
      {shown.length === 0 && <div class="mid">no data here</div>}
      {props.marks.slice(0, MOST).map((mark) => (
        <div key={`${mark.time} ${mark.text}`}>
          {clock(mark.time, seconds)} {mark.text}
        </div>
      ))}
    </div>
  );
}
