import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { faint, readColours } from '../../../charts/colours.ts';
import { timeLabel, timeTicks } from '../../../charts/ticks.ts';
import { zoomTo } from '../../../state/range.ts';
import { themeVersion } from '../../../state/theme.ts';
import { inWords, type Unit } from '../../../words/number.ts';
import { clock, day } from '../../../words/time.ts';
import type { PanelViewProps } from './rows.ts';
import { bucketsOf, cellsOf, type Bucket } from './buckets.ts';

/** Shades from few to many. */
const SHADES = [0.12, 0.28, 0.48, 0.72, 1] as const;
const CELL = 10;
const AXIS_WIDTH = 58;
const LEGEND_HEIGHT = 30;
const FONT_SIZE = 11;
/** Least room for a bucket's label, pixels. */
const LABEL_ROOM = 22;

/** What is under the cursor. */
interface Cell {
  left: number;
  width: number;
  offset: number;
  time: number;
  /** Position of the bucket. */
  at: number;
  value: number | null;
}

function CellReadout({ cell, buckets, unit }: { cell: Cell; buckets: readonly Bucket[]; unit: Unit }): JSX.Element {
  const { left, width, offset, time, at, value } = cell;
  const [low, high] = [at === 0 ? 0 : buckets[at - 1].bound, buckets[at].bound];
  const place = left < width / 2 ? { left: `${offset + left + 14}px` } : { right: `${width - left + 30}px` };
  return (
    <div class="readout" style={place} aria-hidden="true">
      <h4>
        {day(time, true)}, {clock(time)}
      </h4>
      <div>
        <span>{Number.isFinite(high) ? `${inWords(low, unit)} to ${inWords(high, unit)}` : `over ${inWords(low, unit)}`}</span>{' '}
        <b>{value === null ? 'none' : inWords(value)}</b>
      </div>
    </div>
  );
}

/** How a distribution moves: a column a slot of time, a row a bucket, darker for more. */
export function HeatmapView({ panel, answer, lines, unit, marks, height, sync }: PanelViewProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const { from, until } = answer.frame;
  const buckets = useMemo(() => bucketsOf(lines.filter((line) => !line.dashed).map(({ row }) => row)), [lines]);
  const theme = themeVersion.value;
  const [cell, setCell] = useState<Cell | null>(null);
  const room = Math.max(80, height - LEGEND_HEIGHT);

  useEffect(() => {
    const element = frame.current as HTMLDivElement;
    const colours = readColours();
    const font = `${FONT_SIZE}px ${colours.font}`;
    const every = Math.max(1, Math.ceil((buckets.length * LABEL_ROOM) / room));
    const bounds = buckets.map((_, index) => index + 1).filter((at) => (buckets.length - at) % every === 0 && Number.isFinite(buckets[at - 1].bound));
    const ticks = (width: number): ReturnType<typeof timeTicks> => timeTicks(from, until, Math.max(3, Math.min(7, Math.floor(width / 100))));
    const columnsOf = ({ bbox }: uPlot): number => Math.max(12, Math.floor(bbox.width / devicePixelRatio / CELL));
    const point = (plot: uPlot): void => {
      const { left = -1, top = -1 } = plot.cursor;
      const columns = columnsOf(plot);
      const column = Math.floor((left / plot.over.clientWidth) * columns);
      const at = Math.floor(plot.posToVal(top, 'y'));
      const value = cellsOf(buckets, from, until, columns).cells[at]?.[column];
      const isHere = left >= 0 && top >= 0 && element.matches(':hover') && value !== undefined;
      setCell(
        isHere ? { left, width: plot.over.clientWidth, offset: plot.over.offsetLeft, time: from + (column * (until - from)) / columns, at, value } : null,
      );
    };
    const draw = (plot: uPlot): void => {
      const { ctx, bbox } = plot;
      const ratio = devicePixelRatio;
      const columns = columnsOf(plot);
      const { cells, most } = cellsOf(buckets, from, until, columns);
      const wide = bbox.width / columns;
      ctx.save();
      cells.forEach((line, at) => {
        const bottom = plot.valToPos(at, 'y', true);
        const top = plot.valToPos(at + 1, 'y', true);
        line.forEach((value, column) => {
          if (value === null || value === 0 || most === 0) return;
          const shade = SHADES[Math.min(SHADES.length - 1, Math.floor(Math.sqrt(value / most) * SHADES.length))];
          ctx.fillStyle = faint(colours.series[0], shade);
          ctx.fillRect(bbox.left + column * wide, top + ratio / 2, wide - ratio, bottom - top - ratio);
        });
      });
      ctx.setLineDash([3 * ratio, 3 * ratio]);
      ctx.lineWidth = ratio;
      ctx.strokeStyle = colours.marker;
      for (const { time } of marks) {
        if (time < from || time > until) continue;
        const x = Math.round(plot.valToPos(time, 'x', true));
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
      ctx.restore();
    };
    let dragged = false;
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: room,
        ms: 1,
        padding: [8, 16, 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          points: { show: false },
          drag: { x: true, y: false, setScale: false, dist: 6 },
          sync: { key: sync, setSeries: false, scales: ['x', null] },
          bind: { dblclick: () => null },
        },
        scales: { x: { time: true, range: () => [from, until] }, y: { range: () => [0, Math.max(1, buckets.length)] } },
        axes: [
          {
            size: 24,
            gap: 5,
            font,
            stroke: colours.axis,
            grid: { show: false },
            ticks: { show: false },
            splits: (self) => ticks(self.width - AXIS_WIDTH).times.filter((time) => time - from >= ((until - from) / (self.width - AXIS_WIDTH)) * 16),
            values: (self, times) => times.map((time) => timeLabel(time, ticks(self.width - AXIS_WIDTH).step)),
          },
          {
            size: AXIS_WIDTH,
            gap: 8,
            font,
            stroke: colours.axis,
            grid: { stroke: colours.grid, width: 1 },
            ticks: { show: false },
            splits: () => bounds,
            values: (_, at) => at.map((index) => inWords(buckets[index - 1].bound, unit)),
          },
        ],
        series: [{}, { show: true, stroke: 'transparent', points: { show: false } }],
        hooks: {
          draw: [draw],
          setCursor: [point],
          setSelect: [
            (self) => {
              const { left, width } = self.select;
              if (width < 6) return;
              if (dragged) zoomTo(self.posToVal(left, 'x'), self.posToVal(left + width, 'x'));
              dragged = false;
              self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            },
          ],
        },
      },
      [Array.from({ length: 2 }, (_, i) => (i === 0 ? from : until)), [0, 0]],
      element,
    );
    plot.over.addEventListener('mousedown', () => (dragged = true));
    const watch = new ResizeObserver(() => {
      if (element.clientWidth > 0) plot.setSize({ width: element.clientWidth, height: room });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [buckets, from, until, marks, room, theme, unit, sync]);

  return (
    <>
      <div class="plot-frame" style={{ height: `${room}px` }}>
        <div ref={frame} class="plot-canvas" role="img" aria-label={`${panel.title}: ${buckets.length} buckets over time`} />
        {cell && <CellReadout cell={cell} buckets={buckets} unit={unit} />}
      </div>
      <div class="legend one-line">
        <span>
          fewer
          <span class="shades" aria-hidden="true">
            {SHADES.map((shade) => (
              <i key={shade} style={{ opacity: shade }} />
            ))}
          </span>
          more
        </span>
      </div>
    </>
  );
}
