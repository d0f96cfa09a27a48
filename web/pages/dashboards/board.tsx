import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Dashboard, Panel } from '../../../src/core/dashboard.ts';
import { ChangesPanel } from '../../changes/panel.tsx';
import { removeDashboard } from '../../state/dashboards.ts';
import { useKeys } from '../../state/keys.ts';
import { useMarks } from '../../state/marks.ts';
import { serverNow } from '../../state/now.ts';
import { range } from '../../state/range.ts';
import { change, go, pageLink, route } from '../../state/router.ts';
import { say } from '../../state/toast.ts';
import { windowOf } from '../../words/range.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { BoardHead } from './board-head.tsx';
import { useBoard } from './draft.ts';
import { FRESH_PANEL } from './fresh.ts';
import { useFrames, type PanelQuestion } from './frames.ts';
import { arrange, COLUMNS, roomFor } from './grid.ts';
import { Grid } from './grid-view.tsx';
import { PanelEditor } from './panel-editor.tsx';
import { panelAt, panelKey } from './panel-key.ts';
import type { PanelActions } from './panel-menu.tsx';
import { shownOf } from './panel-view.tsx';
import { isDrawn, targetsOf } from './panels/rows.ts';
import { Settings } from './settings.tsx';
import { useVariables } from './variable-picks.tsx';
import { substitute, type Chosen } from './variables.ts';
import { verdictOf } from './verdict.ts';
import { VerdictLine } from './verdict-line.tsx';
import { YamlDialog } from './yaml-dialog.tsx';

const NOTHING_TAKEN: ReadonlyMap<string, string> = new Map();
const FRESH_SIZE = [4, 6] as const;
/** However narrow a panel is. */
const LEAST_POINTS = 200;
const BAR_WIDTH = 6;

/** The panel with what the reader chose in its words and targets. */
function withChoice(panel: Panel, chosen: Chosen): Panel {
  return {
    ...panel,
    title: substitute(panel.title, chosen, true),
    note: substitute(panel.note, chosen, true),
    text: substitute(panel.text, chosen, true),
    targets: panel.targets.map((target) => substitute(target, chosen)),
  };
}

/** As many points as a panel has pixels, in hundreds so that a little more width asks nothing new. */
function pointsFor(panel: Panel, isAlone: boolean): number {
  const width = (innerWidth / COLUMNS) * (isAlone || innerWidth < 900 ? COLUMNS : panel.place.w) * Math.min(2, devicePixelRatio);
  // A bar needs a few pixels to be one.
  const points = panel.type === 'bars' ? width / BAR_WIDTH : width;
  return Math.max(panel.type === 'bars' ? LEAST_POINTS / 4 : LEAST_POINTS, Math.ceil(points / 100) * 100);
}

/** Opens what else changed at a moment, milliseconds; 0 is one still to be chosen, null closes it. */
const ask = (at: number | null): void =>
  change((params) => {
    if (at === null) params.delete('changed');
    else params.set('changed', String(Math.round(at / 1000)));
  });

const edit = (value: string | null): void =>
  change((params) => {
    if (value === null) params.delete('edit');
    else params.set('edit', value);
  }, true);

/** One dashboard: its verdict, its panels, and the forms that change it. */
export function BoardView({ slug }: { slug: string }): JSX.Element {
  const board = useBoard(slug);
  const { dashboard } = board;
  if (board.problem) return <Missing text={board.problem.text} isUnknown={board.problem.code === 'not_found'} />;
  if (!dashboard || !board.saved) return <Skeleton rows={10} slow="Heed takes long to answer." />;
  return <Shown board={board} slug={slug} dashboard={dashboard} />;
}

function Missing({ text, isUnknown }: { text: string; isUnknown: boolean }): JSX.Element {
  return (
    <div class="empty">
      <h2>{isUnknown ? 'There is no such dashboard' : 'This dashboard cannot be shown'}</h2>
      <p>{isUnknown ? 'It may have been removed, or be automatic and without its series now.' : text}</p>
      <a class="btn" href={pageLink('/dashboards')}>
        All dashboards
      </a>
    </div>
  );
}

function Shown({ board, slug, dashboard }: { board: ReturnType<typeof useBoard>; slug: string; dashboard: Dashboard }): JSX.Element {
  const { params } = route.value;
  const editing = params.get('edit');
  const alone = panelAt(dashboard.panels, params.get('panel') ?? '');
  const every = params.get('refresh');
  const [yaml, setYaml] = useState(false);
  const { chosen, offers } = useVariables(dashboard.variables);
  const marks = useMarks();
  const changed = /^\d{1,12}$/.test(params.get('changed') ?? '') ? Number(params.get('changed')) * 1000 : null;
  const pointed = useRef<number | null>(null);
  const askWhatChanged = (): void => ask(pointed.current ?? marks.at(-1)?.time ?? 0);

  useEffect(() => {
    document.title = `${dashboard.title} · Heed`;
    if (!params.has('from') && dashboard.range !== '') change((fresh) => fresh.set('from', `-${dashboard.range}`), true);
  }, [dashboard.title, dashboard.range]);

  const plain = useMemo(
    () =>
      alone < 0 ? dashboard.panels : [{ ...dashboard.panels[alone], place: { x: 0, y: 0, w: COLUMNS, h: Math.max(8, Math.floor((innerHeight - 220) / 40)) } }],
    [dashboard, alone],
  );
  const choice = JSON.stringify(chosen);
  const panels = useMemo(() => (chosen ? plain.map((panel) => withChoice(panel, chosen)) : plain), [plain, choice]);
  const questions = chosen
    ? panels.map((panel): PanelQuestion | null => (isDrawn(panel) ? { targets: targetsOf(panel), maxDataPoints: pointsFor(panel, alone >= 0) } : null))
    : [];
  const answers = useFrames(questions, every === null ? null : Number(every) * 1000);

  const verdict = useMemo(() => {
    if (answers.complete === 0) return null;
    const { from, until } = windowOf(range.value, serverNow());
    return verdictOf(
      panels.flatMap((panel, index) => shownOf(panel, answers.panels[index])),
      marks,
      from,
      until,
    );
  }, [answers.complete, marks, panels]);

  const setPanels = (next: readonly Panel[]): void => board.change({ ...dashboard, panels: [...next] });
  const close = (): void => edit('1');
  const add = (panel: Panel): void => {
    const at = dashboard.panels.length;
    const next = [...dashboard.panels, panel];
    setPanels(next);
    edit(panelKey(next, at));
  };
  const actions = (shown: number): PanelActions => {
    const index = alone < 0 ? shown : alone;
    const panel = dashboard.panels[index];
    return {
      full: () => change((fresh) => (alone < 0 ? fresh.set('panel', panelKey(dashboard.panels, index)) : fresh.delete('panel'))),
      edit: () => edit(panelKey(dashboard.panels, index)),
      duplicate: () =>
        add({
          ...panel,
          place: roomFor(
            dashboard.panels.map(({ place }) => place),
            panel.place.w,
            panel.place.h,
          ),
        }),
      remove: () => {
        const left = dashboard.panels.filter((_, other) => other !== index);
        const places = arrange(left.map(({ place }) => place));
        if (alone >= 0) change((fresh) => fresh.delete('panel'), true);
        edit('1');
        setPanels(left.map((one, at) => ({ ...one, place: places[at] })));
        say(`${panel.title || 'Panel'} removed; u takes it back`);
      },
    };
  };
  const selected = editing === null ? -1 : panelAt(dashboard.panels, editing);
  const change1 = (to: Panel): void => {
    const next = dashboard.panels.with(selected, to);
    setPanels(next);
    // Its title is its word in the address.
    edit(panelKey(next, selected));
  };
  const finish = async (): Promise<void> => {
    if (board.isChanged && !(await board.save())) return;
    edit(null);
  };
  const remove = async (): Promise<void> => {
    try {
      await removeDashboard(slug);
      board.discard();
      if (board.saved?.origin === 'screen') go(pageLink('/dashboards'));
      else board.reload();
    } catch (error) {
      say((error as Error).message);
    }
  };
  useKeys([
    { keys: 'e', about: 'edit the dashboard', run: () => (editing === null ? edit('1') : void finish()) },
    { keys: 'w', about: 'what else changed at the cursor', run: askWhatChanged },
    { keys: 'r', about: 'ask again', run: answers.ask },
    { keys: 'u', about: 'undo a change', run: board.undo },
    { keys: 'U', about: 'redo it', run: board.redo },
    ...(alone >= 0 || editing !== null
      ? [{ keys: 'Escape', about: 'back', run: () => (alone >= 0 ? change((fresh) => fresh.delete('panel')) : editing === '1' ? edit(null) : close()) }]
      : []),
  ]);

  const main = (
    <div class="main board-main">
      <BoardHead
        board={board}
        dashboard={dashboard}
        chosen={chosen ?? {}}
        offers={offers}
        isEditing={editing !== null}
        alone={alone < 0 ? '' : dashboard.panels[alone].title}
        onEdit={() => edit('1')}
        onDone={() => void finish()}
        onDiscard={() => {
          board.discard();
          edit(null);
        }}
        onAdd={() =>
          add({
            ...FRESH_PANEL,
            place: roomFor(
              dashboard.panels.map(({ place }) => place),
              ...FRESH_SIZE,
            ),
          })
        }
        onSettings={() => edit('settings')}
        onYaml={() => setYaml(true)}
        onAsk={askWhatChanged}
        onRemove={() => void remove()}
      />
      {verdict && alone < 0 && <VerdictLine verdict={verdict} />}
      {dashboard.panels.length === 0 ? (
        <div class="empty">
          <h2>No panel yet</h2>
          <p>A panel draws series and what functions make of them. Add the first one, or write the dashboard as YAML.</p>
          <div class="btn-row">
            <button type="button" class="btn" onClick={() => add({ ...FRESH_PANEL, place: roomFor([], ...FRESH_SIZE) })}>
              <Icon name="plus" small />
              Add a panel
            </button>
            <button type="button" class="btn" onClick={() => setYaml(true)}>
              Write YAML
            </button>
          </div>
        </div>
      ) : (
        <Grid
          panels={panels}
          plain={plain}
          answers={answers}
          marks={marks}
          editing={editing !== null && alone < 0}
          selected={selected}
          onPlaces={(places) => setPanels(dashboard.panels.map((panel, index) => ({ ...panel, place: places[index] })))}
          onPoint={(time) => (pointed.current = time ?? pointed.current)}
          onAsk={ask}
          actions={actions}
        />
      )}
      {yaml && <YamlDialog slug={slug} dashboard={dashboard} file={board.saved?.file ?? ''} onTake={board.change} onClose={() => setYaml(false)} />}
    </div>
  );
  const side =
    editing === 'settings' ? (
      <Settings dashboard={dashboard} onChange={board.change} onClose={close} />
    ) : selected >= 0 ? (
      <PanelEditor key={selected} panel={dashboard.panels[selected]} onChange={change1} onClose={close} />
    ) : changed !== null ? (
      <ChangesPanel
        at={changed}
        marks={marks}
        taken={NOTHING_TAKEN}
        focus
        onPick={(name) => go(pageLink('/metrics', { target: name, changed: String(changed / 1000) }))}
        onClose={() => ask(null)}
      />
    ) : null;
  return side ? (
    <div class="split">
      {main}
      {side}
    </div>
  ) : (
    main
  );
}
