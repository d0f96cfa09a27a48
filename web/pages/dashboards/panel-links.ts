import type { Panel } from '../../../src/core/dashboard.ts';
import { frameQuery } from '../../state/api.ts';
import { pageLink, route } from '../../state/router.ts';
import { range } from '../../state/range.ts';
import { rangeQuery } from '../../words/range.ts';
import { targetsOf } from './panels/rows.ts';

/** The numbers behind a panel, on the page of metrics. */
export const exploreLink = ({ targets }: Panel): string => pageLink('/metrics', { target: targets });

const AREAS: Partial<Record<Panel['type'], string>> = { area: 'all', stacked: 'stacked' };
const isDark = (): boolean => getComputedStyle(document.documentElement).colorScheme === 'dark' || (document.documentElement.dataset.theme ?? '') === 'dark';

/** A link may be so long that every server takes it; a picture shows little more. */
const MOST_TEXT = 8000;

/** The picture of a panel that is a text. */
export function textLink({ title, text }: Panel, format: 'png' | 'svg'): string {
  const options = { graphType: 'text', title, width: '800', template: isDark() ? 'dark' : 'light', format };
  const letters = Array.from(text.toWellFormed());
  let kept = letters.length;
  const shown = (): string => letters.slice(0, kept).join('') + (kept < letters.length ? '…' : '');
  while (encodeURIComponent(shown()).length > MOST_TEXT) kept = Math.floor(kept * 0.9);
  return `/render?${new URLSearchParams({ ...options, text: shown() })}`;
}

/** The panel's numbers or its picture, as the server draws it. */
export function renderLink(panel: Panel, format: 'png' | 'svg' | 'csv'): string {
  const options: Record<string, string> = { ...rangeQuery(range.value), format };
  if (format !== 'csv') {
    Object.assign(options, { title: panel.title, width: '800', height: '300', template: isDark() ? 'dark' : 'light' });
    if (AREAS[panel.type]) options.areaMode = AREAS[panel.type] as string;
    if (panel.type === 'heatmap' || panel.type === 'states' || panel.type === 'value' || panel.type === 'table') options.graphType = panel.type;
    if (panel.limits.length > 0) options.limits = panel.limits.map(({ state, below, value }) => `${state}:${below ? '<' : ''}${value}`).join(',');
    if (panel.min !== null) options.yMin = String(panel.min);
    if (panel.max !== null) options.yMax = String(panel.max);
  }
  return `/render?${frameQuery(targetsOf(panel), options)}`;
}

/** The present view with one panel alone. */
export function panelLink(key: string): string {
  const params = new URLSearchParams(route.value.params);
  params.delete('edit');
  params.set('panel', key);
  return `${location.origin}${route.value.path}?${params}`;
}
