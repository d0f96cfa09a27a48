import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Panel, PanelType } from '../../../src/core/dashboard.ts';
import type { ColourBook } from '../../charts/rows.ts';
import { Skeleton } from '../../widgets/skeleton.tsx';
import type { PanelAnswer } from './frames.ts';
import { PanelEmpty } from './panel-empty.tsx';
import { ChartView } from './panels/chart.tsx';
import { HeatmapView } from './panels/heatmap.tsx';
import { inUnit, panelLines, panelUnit, type PanelViewProps } from './panels/rows.ts';
import { StatesView } from './panels/states.tsx';
import { TableView } from './panels/table.tsx';
import { TextView } from './panels/text.tsx';
import { ValueView } from './panels/value.tsx';
import type { Shown } from './verdict.ts';

const VIEWS: Record<Exclude<PanelType, 'text'>, (props: PanelViewProps) => JSX.Element> = {
  line: ChartView,
  area: ChartView,
  stacked: ChartView,
  bars: ChartView,
  value: ValueView,
  table: TableView,
  heatmap: HeatmapView,
  states: StatesView,
};

/** What stands in a panel. */
export function PanelBody(
  props: { answer: PanelAnswer | undefined; lost: boolean } & Pick<PanelViewProps, 'panel' | 'marks' | 'height' | 'labels' | 'onPoint' | 'onAsk'>,
): JSX.Element {
  const { panel, answer, height } = props;
  const rows = answer?.frame?.rows;
  const book = useRef<ColourBook>(new Map());
  const lines = useMemo(() => panelLines(panel, inUnit(panel, rows ?? []), book.current), [rows, panel.compare, panel.targets.length, panel.unit]);
  if (panel.type === 'text') return <TextView text={panel.text} />;
  if (panel.targets.length === 0) return <PanelEmpty panel={panel} why="no targets" />;
  if (answer?.problem) return <PanelEmpty panel={panel} why="refused" text={answer.problem} />;
  if (!answer?.frame) {
    return props.lost ? (
      <PanelEmpty panel={panel} why="lost" />
    ) : (
      <Skeleton rows={Math.max(2, Math.floor(height / 60))} slow="This question takes long. A shorter range or fewer series are quicker." />
    );
  }
  if (lines.length === 0) return <PanelEmpty panel={panel} why="no series" />;
  if (lines.every(({ stats }) => stats.last === null)) return <PanelEmpty panel={panel} why="no values" />;
  const View = VIEWS[panel.type];
  const { lost: _, ...rest } = props;
  return <View {...rest} answer={{ ...answer, frame: answer.frame }} lines={lines} unit={panelUnit(panel, lines)} sync="dashboard" />;
}

/** A panel as the verdict reads it. */
export function shownOf(panel: Panel, answer: PanelAnswer | undefined): Shown[] {
  if (!answer?.frame || panel.type === 'text') return [];
  const lines = panelLines(panel, inUnit(panel, answer.frame.rows), new Map());
  return [{ panel, lines, unit: panelUnit(panel, lines) }];
}
