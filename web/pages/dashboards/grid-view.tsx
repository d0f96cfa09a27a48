import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Panel, PanelPlace, PanelType } from '../../../src/core/dashboard.ts';
import type { Mark } from '../../state/marks.ts';
import { Icon } from '../../widgets/icon.tsx';
import type { Answers } from './frames.ts';
import { COLUMNS, GAP, moveBy, readingOrder, resizeBy, ROW_HEIGHT, styleOf } from './grid.ts';
import { panelKey } from './panel-key.ts';
import { PanelMenu, type PanelActions } from './panel-menu.tsx';
import { PanelBody } from './panel-view.tsx';

const HEAD = 44;
/** Below these widths panels stand in two columns, then one below another. */
const WIDE = 900;
const NARROW = 560;
/** While editing, panels stand where they will be as long as that can be used at all. */
const EDITABLE = 640;
/** Kinds of panels that marks are not drawn on. */
const UNMARKED: ReadonlySet<PanelType> = new Set(['value', 'table', 'text', 'states']);

interface Drag {
  panel: number;
  /** By the handle at the corner, else by the head. */
  resizes: boolean;
  places: readonly PanelPlace[];
}

/** The panels in their grid. While editing, a panel's head moves it, its corner resizes it, and so do the arrow keys. */
export function Grid(props: {
  /** With the reader's choice in them, and as they are written. */
  panels: readonly Panel[];
  plain: readonly Panel[];
  answers: Answers;
  marks: readonly Mark[];
  editing: boolean;
  selected: number;
  onPlaces: (places: readonly PanelPlace[]) => void;
  onPoint: (time: number | null) => void;
  onAsk: (time: number) => void;
  actions(index: number): PanelActions;
}): JSX.Element {
  const { panels, plain, editing } = props;
  const grid = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [drag, setDrag] = useState<Drag | null>(null);
  useEffect(() => {
    const watch = new ResizeObserver(([{ contentRect }]) => setWidth(contentRect.width));
    watch.observe(grid.current as HTMLDivElement);
    return () => watch.disconnect();
  }, []);

  const columns = width === 0 || width >= (editing ? EDITABLE : WIDE) ? COLUMNS : width >= NARROW ? 2 : 1;
  const places = drag?.places ?? plain.map(({ place }) => place);
  const order = readingOrder(places);
  // Labels of marks stand once, above the first charts.
  const charts = order.filter((index) => !UNMARKED.has(panels[index].type));
  const labelled = new Set(charts.filter((index, at) => (columns === COLUMNS ? places[index].y === places[charts[0]].y : at === 0)));

  const begin = (event: PointerEvent, panel: number, resizes: boolean): void => {
    if (!editing || columns !== COLUMNS || event.button !== 0 || (event.target as Element).closest('a, .menu-anchor, button:not(.corner)')) return;
    event.preventDefault();
    const [x, y] = [event.clientX, event.clientY + scrollY];
    const from = plain.map(({ place }) => place);
    const cell = (width + GAP) / COLUMNS;
    let latest: readonly PanelPlace[] = from;
    const follow = (move: PointerEvent): void => {
      const across = Math.round((move.clientX - x) / cell);
      const down = Math.round((move.clientY + scrollY - y) / ROW_HEIGHT);
      latest = (resizes ? resizeBy : moveBy)(from, panel, across, down);
      setDrag({ panel, resizes, places: latest });
    };
    const end = (up: PointerEvent): void => {
      removeEventListener('pointermove', follow);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
      setDrag(null);
      if (up.type === 'pointerup' && JSON.stringify(latest) !== JSON.stringify(from)) props.onPlaces(latest);
    };
    addEventListener('pointermove', follow);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
  };
  const step = (event: KeyboardEvent, panel: number): void => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!editing || !by || event.target !== event.currentTarget) return;
    event.preventDefault();
    const [across, down] = by;
    // A step down must pass the panel that stands there.
    props.onPlaces((event.shiftKey ? resizeBy : moveBy)(places, panel, across, event.shiftKey ? down : down * (down > 0 ? 3 : 1)));
  };

  return (
    <div ref={grid} class={`board${editing ? ' editing' : ''}`} style={{ 'grid-template-columns': `repeat(${columns}, minmax(0, 1fr))` }}>
      {order.map((index) => {
        const panel = panels[index];
        const place = places[index];
        const name = panelKey(plain, index);
        return (
          <section
            key={name}
            class={`panel${drag?.panel === index ? ' dragged' : ''}${props.selected === index ? ' selected' : ''}`}
            style={styleOf(place, columns === 2 ? 6 : columns)}
            aria-labelledby={`panel-${name}`}
            tabIndex={editing ? 0 : undefined}
            onKeyDown={(event) => step(event, index)}
          >
            <div class="panel-head one-line" onPointerDown={(event) => begin(event, index, false)}>
              <h2 id={`panel-${name}`} class="cut" title={panel.title}>
                {panel.title}
              </h2>
              {panel.note !== '' && <span class="meta cut">{panel.note}</span>}
              <PanelMenu panel={panel} plain={plain[index]} name={name} actions={props.actions(index)} />
            </div>
            <PanelBody
              panel={panel}
              answer={props.answers.panels[index]}
              lost={props.answers.lost}
              marks={props.marks}
              height={place.h * ROW_HEIGHT - GAP - HEAD - 2}
              labels={labelled.has(index)}
              onPoint={props.onPoint}
              onAsk={props.onAsk}
            />
            {editing && columns === COLUMNS && (
              <button
                type="button"
                class="corner"
                aria-label={`Resize ${panel.title}`}
                title="Drag to resize; with the panel chosen, Shift and the arrow keys"
                onPointerDown={(event) => begin(event, index, true)}
              >
                <Icon name="corner" small />
              </button>
            )}
          </section>
        );
      })}
    </div>
  );
}
