import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type uPlot from 'uplot';
import type { Mark } from '../state/marks.ts';
import { themeVersion } from '../state/theme.ts';
import type { Unit } from '../words/number.ts';
import { clock, day } from '../words/time.ts';
import { readColours } from './colours.ts';
import { marksNear } from './marks.ts';
import { PLAIN, type Look } from './look.ts';
import { dataOf, makePlot, type PlotState } from './plot.ts';
import { Readout } from './readout.tsx';
import { gapsOf, type Line } from './rows.ts';

export interface ChartProps {
  lines: readonly Line[];
  hidden: ReadonlySet<string>;
  /** What happened meanwhile. */
  marks: readonly Mark[];
  focus: string | null;
  from: number;
  until: number;
  unit: Unit;
  fit: boolean;
  /** Lines, unless given. */
  look?: Look;
  height: number;
  /** Charts with the same word share the cursor. */
  sync: string;
  /** Of charts that share the cursor only the one that is pointed at tells its values. */
  tellsAlone?: boolean;
  /** What the chart says, as a sentence. */
  says: string;
  onZoom(from: number, until: number): void;
  /** The time under the cursor changed; null for none. */
  onPoint?(time: number | null): void;
  /** A time was clicked: `marks` are what happened near it, `left` its distance from the chart's left edge. A mark's label stands for its time. */
  onPress?(press: Press): void;
  /** The canvas, for export. */
  canvas?: { current: HTMLCanvasElement | null };
}

/** Bars that stand on others are drawn before those. */
const inOrder = ({ lines, look }: ChartProps): readonly Line[] => (look?.kind === 'bars' ? lines.toReversed() : lines);
/** A click on a chart, without a drag. */
export interface Press {
  time: number;
  marks: readonly Mark[];
  left: number;
  width: number;
  /** The label of a mark was clicked. */
  onLabel: boolean;
  touch: boolean;
}

/** A pointer that went further was a drag. */
const STILL = 5;

/** Lines on a canvas. A drag zooms, the arrow keys move the cursor, and the readout tells the values under it. */
export function Chart(props: ChartProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const state = useRef<PlotState | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [point, setPoint] = useState<{ time: number; left: number; tells: boolean } | null>(null);
  const theme = themeVersion.value;
  const look = props.look ?? PLAIN;
  const shape = `${look.kind} ${look.labels} ${props.lines.map((line) => line.key).join('\n')}`;

  // A new set of lines makes a new plot; everything else only draws again.
  useEffect(() => {
    const element = frame.current as HTMLDivElement;
    const { hidden, marks, focus, from, until, unit, fit, height, sync, canvas } = latest.current;
    const lines = inOrder(latest.current);
    const reach = { low: 0, high: 1 };
    state.current = { lines, hidden, marks, labels: [], focus, gaps: gapsOf(lines), from, until, unit, fit, look, reach, colours: readColours() };
    const made = makePlot(
      element,
      state.current,
      {
        point: (index, left) => {
          const time = index === null ? undefined : made.data[0][index];
          const tells = !latest.current.tellsAlone || element.matches(':hover') || element.contains(document.activeElement);
          const pointed = time === undefined || left < 0 ? null : { time, left: made.valToPos(time, 'x'), tells };
          setPoint(pointed);
          latest.current.onPoint?.(pointed?.time ?? null);
        },
        zoom: (start, end) => latest.current.onZoom(start, end),
      },
      { width: element.clientWidth, height },
      sync,
    );
    plot.current = made;
    if (canvas) canvas.current = made.ctx.canvas;
    const watch = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height: latest.current.height });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
      setPoint(null);
    };
  }, [shape, props.sync, props.height, theme]);

  useEffect(() => {
    const made = plot.current;
    const now = state.current;
    if (!made || !now) return;
    const lines = inOrder(props);
    Object.assign(now, {
      lines,
      gaps: gapsOf(lines),
      look,
      marks: props.marks,
      from: props.from,
      until: props.until,
      unit: props.unit,
      fit: props.fit,
      hidden: props.hidden,
    });
    made.batch(() => {
      lines.forEach((line, index) => {
        const show = !props.hidden.has(line.key);
        if (made.series[index + 1].show !== show) made.setSeries(index + 1, { show });
      });
      made.setData(dataOf(now));
    });
  }, [props.lines, props.marks, props.from, props.until, props.unit, props.fit, props.hidden, JSON.stringify(look)]);

  useEffect(() => {
    if (!plot.current || !state.current || state.current.focus === props.focus) return;
    state.current.focus = props.focus;
    plot.current.redraw(false);
  }, [props.focus]);

  const step = (event: KeyboardEvent): void => {
    const made = plot.current;
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!made || direction === undefined) return;
    event.preventDefault();
    const last = made.data[0].length - 1;
    const index = Math.min(last, Math.max(0, (made.cursor.idx ?? last + 1) + direction * (event.shiftKey ? 10 : 1)));
    made.setCursor({ left: made.valToPos(made.data[0][index], 'x'), top: 0 });
  };

  const down = useRef({ x: 0, y: 0 });
  const press = (event: PointerEvent): void => {
    const made = plot.current;
    if (!made || !props.onPress || Math.hypot(event.clientX - down.current.x, event.clientY - down.current.y) > STILL) return;
    const over = made.over.getBoundingClientRect();
    const canvas = made.ctx.canvas.getBoundingClientRect();
    const left = event.clientX - over.left;
    const label = event.clientY < over.top ? state.current?.labels.find((one) => isIn(one, event.clientX - canvas.left)) : undefined;
    if (!label && (event.clientY < over.top || event.clientY > over.bottom || left < 0 || left > over.width)) return;
    props.onPress({
      time: label?.mark.time ?? made.posToVal(left, 'x'),
      marks: marksNear(made, props.marks, left),
      left: event.clientX - canvas.left,
      width: canvas.width,
      onLabel: label !== undefined,
      touch: event.pointerType === 'touch',
    });
  };

  const long = props.until - props.from > 86_400_000;
  return (
    <div class="plot-frame" style={{ height: `${props.height}px` }}>
      <div
        ref={frame}
        class="plot-canvas"
        role="img"
        aria-label={props.says}
        tabIndex={0}
        onKeyDown={step}
        onPointerDown={(event) => (down.current = { x: event.clientX, y: event.clientY })}
        onClick={(event) => press(event as unknown as PointerEvent)}
        onBlur={() => plot.current?.setCursor({ left: -10, top: -10 })}
      />
      {point && plot.current && (
        <>
          <span class="cursor-time" aria-hidden="true" style={{ left: `${plot.current.over.offsetLeft + point.left}px` }}>
            {long ? `${day(point.time)} ` : ''}
            {clock(point.time, (props.lines[0]?.row.step ?? 0) < 60_000)}
          </span>
          {point.tells && (
            <Readout
              lines={props.lines}
              hidden={props.hidden}
              marks={marksNear(plot.current, props.marks, point.left)}
              time={point.time}
              left={point.left}
              offset={plot.current.over.offsetLeft}
              width={plot.current.over.clientWidth}
            />
          )}
        </>
      )}
    </div>
  );
}

function isIn({ left, right }: { left: number; right: number }, at: number): boolean {
  return at >= left && at <= right;
}
