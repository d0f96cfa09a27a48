import type { JSX } from 'preact';
import { pageLink, route } from '../../state/router.ts';
import { definePage } from '../page.ts';
import type { SettingsPart } from './part.ts';

const PATH = '/settings';
const files = import.meta.glob<SettingsPart>('./*/part.tsx', { eager: true, import: 'default' });
const PARTS = Object.values(files).toSorted((a, b) => a.order - b.order);

/** What people set up. Its address names the part; the first one where it names none. */
function Settings(): JSX.Element {
  const { path } = route.value;
  const parts = PARTS.filter(({ shown }) => shown?.() ?? true);
  const part = parts.find((one) => path === one.path || path.startsWith(`${one.path}/`)) ?? parts[0];
  return (
    <div class="page settings-page">
      {parts.length > 1 && (
        <nav class="tabs" aria-label="Settings">
          {parts.map((one) => (
            <a key={one.path} href={pageLink(one.path)} aria-current={one === part ? 'page' : undefined}>
              {one.title}
            </a>
          ))}
        </nav>
      )}
      <part.view />
    </div>
  );
}

export default definePage({ path: PATH, title: 'Settings', icon: 'settings', key: 's', order: 9, flush: true, deep: true, view: Settings });
