import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { MomentMenu } from '../../changes/moment-menu.tsx';
import { Chart, type Press } from '../../charts/chart.tsx';
import { LegendTable } from '../../charts/legend-table.tsx';
import { colourClass, commonPrefix, type Line } from '../../charts/rows.ts';
import { commonUnit } from '../../charts/units.ts';
import { useKeys } from '../../state/keys.ts';
import type { Mark } from '../../state/marks.ts';
import { now, serverNow } from '../../state/now.ts';
import { range, zoomTo } from '../../state/range.ts';
import { Seg } from '../../widgets/seg.tsx';
import { inWords, plural, type Unit } from '../../words/number.ts';
import { clock, lasting, moment, span } from '../../words/time.ts';
import { AddToDashboard } from '../dashboards/add-to-dashboard.tsx';
import type { Answer } from './answer.ts';
import { ExportMenu } from './export-menu.tsx';
import { NoData } from './no-data.tsx';
import { question, setChanged, setFit, setSort, setSplit, toggleHidden, togglePinned } from './question.ts';

/** Charts of their own that are drawn at most. */
const MOST_CHARTS = 24;
const STALE = 10_000;
/** Events that the chart's sentence tells. */
const MOST_TOLD = 5;

/** What all names begin with; the name itself where there is one. */
export function commonTitle(names: readonly string[]): string {
  if (names.length === 1) return names[0];
  const common = commonPrefix(names).slice(0, -1);
  return common === '' ? `${names[0]} and ${plural(names.length - 1, 'other')}` : common;
}

/** A sentence for those who cannot see the chart; the table below holds the figures. */
function says(lines: readonly Line[], marks: readonly Mark[], from: number, until: number): string {
  const when = span(from, until, Date.now());
  const happened = marks.filter(({ time }) => time >= from && time <= until).slice(-MOST_TOLD);
  const events = happened.length === 0 ? '' : `. Events: ${happened.map(({ time, text }) => `${text}, ${moment(time, serverNow())}`).join('; ')}`;
  if (lines.length > 3) return `${lines.length} series, ${when}${events}`;
  return (
    lines
      .map(({ row, stats, unit }) => `${row.name}: last ${inWords(stats.last, unit)}, from ${inWords(stats.min, unit)} to ${inWords(stats.max, unit)}`)
      .join('. ') + `, ${when}${events}`
  );
}

/** The moment in question is a line too, where no event is. */
function withMoment(events: readonly Mark[], at: number | null): readonly Mark[] {
  if (at === null || at === 0 || events.some(({ time }) => Math.abs(time - at) < 1000)) return events;
  return [...events, { time: at, text: clock(at) }].toSorted((a, b) => a.time - b.time);
}

/** The chart, its head and the table behind it. */
export function ChartPanel({ answer, lines, marks: events }: { answer: Answer; lines: readonly Line[]; marks: readonly Mark[] }): JSX.Element {
  const { targets, muted, hidden, pinned, split, fit, sort, changed } = question.value;
  const [focus, setFocus] = useState<string | null>(null);
  const canvases = useRef<{ current: HTMLCanvasElement | null }[]>([]);
  const frame = answer.frame;
  // The last time that was pointed at: a tap on the button takes the cursor away before it is read.
  const pointed = useRef<number | null>(null);
  const [pressed, setPressed] = useState<(Press & { chart: number }) | null>(null);
  const askWhatChanged = (): void => setChanged(pointed.current ?? events.at(-1)?.time ?? 0);
  useKeys([{ keys: 'w', about: 'what else changed at the cursor', run: askWhatChanged }]);
  const marks = useMemo(() => withMoment(events, changed), [events, changed]);
  const unit: Unit = useMemo(() => commonUnit(lines.filter((line) => !hidden.has(line.key)).map((line) => line.unit)), [lines, hidden]);
  const known = lines.some((line) => line.stats.last !== null);
  if (!frame || lines.length === 0 || !known) return <NoData answer={answer} lines={lines} />;

  const asked = targets.filter((_, index) => !muted.has(index));
  const title = asked.length === 1 ? asked[0] : commonTitle(lines.map((line) => line.row.name));
  const kinds = [...new Set(lines.map((line) => line.row.kind))];
  const steps = [...new Set(lines.map((line) => line.row.step))].toSorted((a, b) => a - b);
  const low = Math.min(...lines.filter((line) => !hidden.has(line.key)).map((line) => line.stats.min ?? Infinity));
  const meta = [
    kinds.length === 1 && kinds[0] !== 'unknown' ? kinds[0] : '',
    unit === 'number' ? '' : unit,
    `${lasting(steps[0])} steps`,
    fit && low > 0 && Number.isFinite(low) ? `from ${inWords(low, unit)}` : '',
  ].filter((part) => part !== '');
  const shown = lines.filter((line) => !hidden.has(line.key));
  const charts: (readonly Line[])[] = split ? shown.slice(0, MOST_CHARTS).map((line) => [line.colour < 0 ? { ...line, colour: 0 } : line]) : [lines];
  canvases.current = charts.map((_, index) => canvases.current[index] ?? { current: null });
  const height = split ? 170 : innerWidth < 720 ? 300 : 330;

  return (
    <section class="panel" aria-labelledby="h-chart" aria-busy={answer.asking}>
      <div class="panel-head">
        <h2 id="h-chart">{title}</h2>
        <span class="meta">{meta.join(', ')}</span>
        <Staleness lines={lines} lost={answer.lost} />
        <span class="push btn-row chart-tools">
          {lines.length > 1 && (
            <Seg
              name="Charts"
              value={split ? 'split' : 'together'}
              onChange={(key) => setSplit(key === 'split')}
              options={[
                { key: 'together', text: 'Together' },
                { key: 'split', text: 'Split' },
              ]}
            />
          )}
          <button
            type="button"
            class="btn quiet"
            aria-expanded={changed !== null}
            title="Which other series changed at the cursor, or at the newest event  w"
            onClick={() => (changed === null ? askWhatChanged() : setChanged(null))}
          >
            What changed?
          </button>
          <button
            type="button"
            class="btn quiet"
            aria-pressed={fit}
            title="Let the value axis fit the values instead of starting at 0"
            onClick={() => setFit(!fit)}
          >
            Fit
          </button>
          <AddToDashboard title={title} targets={asked} />
          <ExportMenu title={title} meta={meta.join(', ')} lines={shown} canvases={canvases} />
        </span>
      </div>
      {charts.map((drawn, index) => (
        <div key={split ? drawn[0].key : 'all'} class="chart-block">
          {split && (
            <p class={`key-cell split-name ${colourClass(drawn[0])}`}>
              <span class="key" />
              <span class="cut">{drawn[0].label}</span>
            </p>
          )}
          <Chart
            lines={drawn}
            hidden={hidden}
            marks={marks}
            focus={split ? null : focus}
            from={frame.from}
            until={frame.until}
            unit={split ? drawn[0].unit : unit}
            fit={fit}
            height={height}
            sync="metrics"
            says={says(drawn, marks, frame.from, frame.until)}
            onZoom={zoomTo}
            onPoint={(time) => (pointed.current = time ?? pointed.current)}
            onPress={(press) => {
              if (press.onLabel || (changed !== null && !press.touch)) setChanged(press.time);
              else if (!press.touch) setPressed({ ...press, chart: index });
            }}
            canvas={canvases.current[index]}
          />
          {pressed?.chart === index && (
            <MomentMenu
              {...pressed}
              onChoose={(time) => {
                setPressed(null);
                setChanged(time);
              }}
              onClose={() => setPressed(null)}
            />
          )}
        </div>
      ))}
      {split && shown.length > MOST_CHARTS && (
        <p class="panel-foot">{plural(shown.length - MOST_CHARTS, 'more series', 'more series')} would each have a chart of their own.</p>
      )}
      <LegendTable lines={lines} hidden={hidden} pinned={pinned} sort={sort} onSort={setSort} onHide={toggleHidden} onPin={togglePinned} onFocus={setFocus} />
    </section>
  );
}

/** Says when the newest point is old while live, as a still line looks like a calm one. */
function Staleness({ lines, lost }: { lines: readonly Line[]; lost: boolean }): JSX.Element | null {
  // Read so that this is looked at again every second.
  void now.value;
  if (!range.value.live) return null;
  const newest = Math.max(...lines.map(({ stats, row }) => (stats.lastTime ?? 0) + row.step));
  const last = Math.max(...lines.map(({ stats }) => stats.lastTime ?? 0));
  if (!lost && serverNow() - newest <= STALE) return null;
  return <span class="meta warn">last point {moment(last, serverNow())}</span>;
}
