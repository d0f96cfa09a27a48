import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DashboardEntry } from '../../../src/api/contract.ts';
import type { Dashboard, Panel } from '../../../src/core/dashboard.ts';
import { askDashboard, askDashboards, saveDashboard } from '../../state/dashboards.ts';
import { go, pageLink } from '../../state/router.ts';
import { say } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu, MenuItem } from '../../widgets/menu.tsx';
import { roomFor } from './grid.ts';
import { panelKey } from './panel-key.ts';
import { FRESH_DASHBOARD, FRESH_PANEL } from './fresh.ts';
import { freeSlug } from './slug.ts';

/** Keeps what is drawn as a panel of a dashboard, and goes there. */
export function AddToDashboard({ title, targets }: { title: string; targets: readonly string[] }): JSX.Element {
  const [entries, setEntries] = useState<readonly DashboardEntry[] | null>(null);
  const add = async (slug: string, dashboard: Dashboard, version: string): Promise<void> => {
    const panel: Panel = {
      ...FRESH_PANEL,
      title,
      targets: [...targets],
      place: roomFor(
        dashboard.panels.map(({ place }) => place),
        6,
        6,
      ),
    };
    const panels = [...dashboard.panels, panel];
    try {
      await saveDashboard(slug, { ...dashboard, panels }, version);
      go(pageLink(`/dashboards/${slug}`, { edit: panelKey(panels, panels.length - 1) }));
    } catch (error) {
      say((error as Error).message);
    }
  };
  const addTo = async (slug: string): Promise<void> => {
    try {
      const { dashboard, version } = await askDashboard(slug);
      await add(slug, dashboard, version);
    } catch (error) {
      say((error as Error).message);
    }
  };
  const addToNew = (): Promise<void> => {
    const taken = new Set((entries ?? []).map(({ slug }) => slug));
    return add(freeSlug(title, taken), { ...FRESH_DASHBOARD, title }, '');
  };
  return (
    <Menu
      name="Add to a dashboard"
      end
      button={(attributes) => (
        <button
          {...attributes}
          class="btn quiet icon"
          aria-label="Add to a dashboard"
          title="Add to a dashboard"
          onClick={() => {
            attributes.onClick();
            askDashboards().then(
              (answer) => setEntries(answer.dashboards),
              (error: Error) => say(error.message),
            );
          }}
        >
          <Icon name="boards" />
        </button>
      )}
    >
      {(close) => {
        const item = (text: string, run: () => Promise<void>): JSX.Element => (
          <MenuItem key={text} close={close} onDo={() => void run()}>
            {text}
          </MenuItem>
        );
        return (
          <>
            <p class="menu-title">Add as a panel to</p>
            {item('A new dashboard', addToNew)}
            {(entries ?? []).filter(({ origin }) => origin !== 'automatic').map(({ slug, title }) => item(title, () => addTo(slug)))}
          </>
        );
      }}
    </Menu>
  );
}
