import type { ComponentChildren, JSX } from 'preact';
import type { NowAnswer } from '../../../src/api/contract.ts';
import { Spark } from '../../charts/spark.tsx';
import { pageLink } from '../../state/router.ts';
import { Figure } from '../../widgets/figure.tsx';
import { inWords, plural } from '../../words/number.ts';
import { ago, lasting, moment } from '../../words/time.ts';
import { OWN, type Trends } from './trends.ts';

function Tile(props: { label: string; figure: JSX.Element; versus: ComponentChildren; series?: string; trends: Trends }): JSX.Element {
  const values = props.series === undefined ? undefined : props.trends.get(props.series);
  const inside = (
    <>
      <span class="label">{props.label}</span>
      {props.figure}
      <span class="versus">{props.versus}</span>
      {values && <Spark values={values} wide />}
    </>
  );
  if (!values || props.series === undefined) return <div class="tile still">{inside}</div>;
  return (
    <a class="tile" href={pageLink('/metrics', { target: props.series })}>
      {inside}
    </a>
  );
}

/** Whether the disk will be full, and when. */
function forecast({ fullInDays, bytesAtRest, diskFree }: NowAnswer['store']): ComponentChildren {
  if (fullInDays !== null) {
    const text = `full in ${lasting(fullInDays * 86_400_000)}`;
    return fullInDays < 14 ? (
      <span class="delta" data-s="bad">
        {text}
      </span>
    ) : (
      text
    );
  }
  if (bytesAtRest !== null) return `settles at ${inWords(bytesAtRest, 'B')}`;
  return `${inWords(diskFree, 'B')} free`;
}

/** The figures: what is kept and what it costs. */
export function Tiles({ answer, trends }: { answer: NowAnswer; trends: Trends }): JSX.Element {
  const { store, process, drops, started } = answer;
  const dropped = drops.reduce((sum, drop) => sum + drop.count, 0);
  return (
    <div class="tiles">
      <Tile label="Points" trends={trends} series={OWN.stored} figure={<Figure of={store.pointsPerSecond} unit="/s" />} versus="stored, over the last 10 s" />
      <Tile label="Series" trends={trends} series={OWN.series} figure={<Figure of={store.series} />} versus={`of ${inWords(store.maxSeries)} at most`} />
      <Tile label="Memory" trends={trends} series={OWN.rss} figure={<Figure of={process.rss} unit="B" />} versus="all threads" />
      <Tile
        label="Processor"
        trends={trends}
        series={OWN.cpu}
        figure={<Figure of={process.cpuPercent} unit="%" />}
        versus={`of one core, up ${ago(started, answer.now)}`}
      />
      <Tile
        label="Dropped"
        trends={trends}
        figure={<Figure of={dropped} />}
        versus={drops.length === 0 ? `nothing since ${moment(started, answer.now, false)}` : `most: ${drops[0].reason}`}
      />
      <Tile label="Disk" trends={trends} figure={<Figure of={store.bytes} unit="B" />} versus={forecast(store)} />
      <Tile
        label="Growth"
        trends={trends}
        figure={<Figure of={store.bytesPerDay} unit="B" suffix="/d" />}
        versus={store.bytesPerDay === null ? 'too little data yet' : `${inWords(store.diskFree, 'B')} free`}
      />
      <Tile
        label="Bytes a point"
        trends={trends}
        figure={store.bytesPerPoint > 0 ? <Figure of={store.bytesPerPoint} unit="B" /> : <Figure of={null} />}
        versus={store.bytesPerPoint > 0 ? 'on disk, names apart' : 'no block is sealed yet'}
      />
    </div>
  );
}

/** For the head of a table: `3 series, 0.74 bytes a point`. */
export function storeText({ store }: NowAnswer): string {
  const bytes = store.bytesPerPoint > 0 ? `, ${inWords(store.bytesPerPoint)} bytes a point` : '';
  return `${plural(store.series, 'series', 'series')}${bytes}`;
}
