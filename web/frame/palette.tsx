import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DashboardEntry } from '../../src/api/contract.ts';
import { PAGES } from '../pages/list.ts';
import { askDashboards } from '../state/dashboards.ts';
import { serverNow } from '../state/now.ts';
import { overlay } from '../state/overlay.ts';
import { range, setLive, toggleLive } from '../state/range.ts';
import { RANGES } from '../words/range.ts';
import { go, pageLink, route } from '../state/router.ts';
import { useEnter, useSearch } from '../state/search.ts';
import { toggleTheme } from '../state/theme.ts';
import { copyLink } from '../state/toast.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { Icon, type IconName } from '../widgets/icon.tsx';

interface Choice {
  id: string;
  icon: IconName;
  text: string;
  note: string;
  mono?: boolean;
  run: () => void;
}

function commands(): Choice[] {
  return [
    ...PAGES.map((page): Choice => ({ id: `page-${page.key}`, icon: page.icon, text: page.title, note: `g ${page.key}`, run: () => go(pageLink(page.path)) })),
    { id: 'live', icon: 'now', text: range.value.live ? 'Pause' : 'Go live', note: 'space', run: () => toggleLive(serverNow()) },
    { id: 'link', icon: 'link', text: 'Copy link to this view', note: '.', run: copyLink },
    { id: 'theme', icon: 'moon', text: 'Light or dark', note: '', run: toggleTheme },
    { id: 'keys', icon: 'list', text: 'All keys', note: '?', run: () => setTimeout(() => (overlay.value = 'help')) },
    ...RANGES.map((one, index): Choice => ({ id: `range-${index}`, icon: 'right', text: one.text, note: String(index + 1), run: () => setLive(one.span) })),
  ];
}

/** Opens a series on Metrics: beside what is shown there, or alone. */
function openSeries(name: string): void {
  const shown = route.value.path === '/metrics' ? route.value.params.getAll('target') : [];
  go(pageLink('/metrics', { target: [...shown.filter((target) => target !== name), name] }));
}

/** All dashboards, as they are when the palette opens. */
function useDashboards(): readonly DashboardEntry[] {
  const [entries, setEntries] = useState<readonly DashboardEntry[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    askDashboards(stop.signal).then(
      ({ dashboards }) => setEntries(dashboards),
      () => undefined,
    );
    return () => stop.abort();
  }, []);
  return entries;
}

/** Dashboards that are listed before anything is typed. */
const MOST_UNASKED = 5;

/** One field for pages, commands, dashboards and every series name. */
export function Palette({ onClose }: { onClose: () => void }): JSX.Element {
  const [words, setWords] = useState('');
  const { found, current } = useSearch(words, 20);
  const [at, setAt] = useState(0);
  const dashboards = useDashboards();

  const wanted = words.trim().toLowerCase();
  const choices: Choice[] = [
    ...commands().filter((one) => one.text.toLowerCase().includes(wanted) && (wanted !== '' || !one.id.startsWith('range'))),
    ...dashboards
      .filter(({ title }) => title.toLowerCase().includes(wanted))
      .slice(0, wanted === '' ? MOST_UNASKED : undefined)
      .map(({ slug, title }): Choice => ({
        id: `dashboard-${slug}`,
        icon: 'boards',
        text: title,
        note: 'dashboard',
        run: () => go(pageLink(`/dashboards/${slug}`)),
      })),
    ...(found?.series ?? []).map(({ name, kind }): Choice => ({
      id: `series-${name}`,
      icon: 'metrics',
      text: name,
      note: kind === 'unknown' ? '' : kind,
      mono: true,
      run: () => openSeries(name),
    })),
  ];
  const active = Math.min(at, choices.length - 1);
  const take = (choice: Choice | undefined): void => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  const enter = useEnter(current, () => take(choices[active]));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((active + step + choices.length) % choices.length);
    } else if (event.key === 'Enter') enter();
  };

  return (
    <Dialog name="Search and commands" class="palette" onClose={onClose}>
      <div class="search">
        <Icon name="search" small />
        <input
          type="text"
          role="combobox"
          aria-label="Search and commands"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={choices[active] ? `palette-${active}` : undefined}
          placeholder="A page, a dashboard, a command or a series"
          autocomplete="off"
          spellcheck={false}
          autofocus
          value={words}
          onInput={(event) => {
            setWords(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div class="menu" id="palette-list" role="listbox" aria-label="Choices">
        {choices.map((choice, index) => (
          <div
            key={choice.id}
            id={`palette-${index}`}
            ref={(element) => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' });
            }}
            class="choice"
            role="option"
            aria-selected={index === active}
            onClick={() => take(choice)}
          >
            <Icon name={choice.icon} small />
            <span class={choice.mono ? 'mono cut' : 'cut'}>{choice.text}</span>
            <small class="push">{choice.note}</small>
          </div>
        ))}
        {choices.length === 0 && <p class="dim">Nothing is called that.</p>}
        {found?.more && <p class="dim small">More names match; another word narrows them.</p>}
      </div>
    </Dialog>
  );
}
