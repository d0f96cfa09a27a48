import type { JSX } from 'preact';
import { route } from '../../state/router.ts';
import { definePage } from '../page.ts';
import { BoardView } from './board.tsx';
import { DashboardList } from './list.tsx';

const PATH = '/dashboards';

/** The list, or the dashboard that the address names. */
function Dashboards(): JSX.Element {
  const slug = route.value.path.slice(PATH.length + 1);
  return slug === '' ? <DashboardList /> : <BoardView key={slug} slug={slug} />;
}

export default definePage({ path: PATH, title: 'Dashboards', icon: 'boards', key: 'd', order: 4, flush: true, deep: true, view: Dashboards });
