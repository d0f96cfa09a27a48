import type { JSX } from 'preact';
import { pageAt, PAGES } from '../pages/list.ts';
import { useKeys, type Key } from '../state/keys.ts';
import { serverNow } from '../state/now.ts';
import { overlay } from '../state/overlay.ts';
import { setLive, shiftRange, toggleLive, zoomBack } from '../state/range.ts';
import { RANGES } from '../words/range.ts';
import { go, pageLink, route } from '../state/router.ts';
import { copyLink } from '../state/toast.ts';
import { Toast } from '../widgets/toast.tsx';
import { Bar } from './bar.tsx';
import { Help } from './help.tsx';
import { Palette } from './palette.tsx';
import { Rail, TabBar } from './rail.tsx';

const closeOverlay = (): void => void (overlay.value = 'none');

const KEYS: readonly Key[] = [
  { keys: '?', about: 'this help', run: () => (overlay.value = 'help') },
  { keys: 'mod+k', about: 'search and commands', run: () => (overlay.value = 'palette') },
  { keys: '/', about: 'search', run: () => (overlay.value = 'palette') },
  ...PAGES.map((page): Key => ({ keys: `g ${page.key}`, about: page.title, run: () => go(pageLink(page.path)) })),
  ...RANGES.map((one, index): Key => ({ keys: String(index + 1), about: one.text.toLowerCase(), run: () => setLive(one.span) })),
  { keys: '[', about: 'earlier', run: () => shiftRange(-1, serverNow()) },
  { keys: ']', about: 'later', run: () => shiftRange(1, serverNow()) },
  { keys: ' ', about: 'live or pause', run: () => toggleLive(serverNow()) },
  { keys: 'Backspace', about: 'zoom back', run: zoomBack },
  { keys: '.', about: 'copy link to this view', run: copyLink },
];

/** Rail, bar, the page that the URL names, and what floats above. */
export function App(): JSX.Element {
  // The server answers for addresses of pages only.
  const page = pageAt(route.value.path) ?? PAGES[0];
  useKeys(KEYS, true);
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <div class="app">
        <Rail />
        <Bar />
        <main class={page.flush ? 'page flush' : 'page'} id="main" tabIndex={-1}>
          <page.view key={page.path} />
        </main>
      </div>
      <TabBar />
      <Toast />
      {overlay.value === 'help' && <Help onClose={closeOverlay} />}
      {overlay.value === 'palette' && <Palette onClose={closeOverlay} />}
    </>
  );
}
