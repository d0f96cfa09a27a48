import { signal } from '@preact/signals';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Grows whenever colours change; canvases draw again. */
export const themeVersion = signal(0);

dark.addEventListener('change', () => themeVersion.value++);

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? dark.matches : chosen === 'dark';
}

/** The other of light and dark, remembered on this machine. Choosing what the system says anyway forgets the choice. */
export function toggleTheme(): void {
  const wanted = isDark() ? 'light' : 'dark';
  const follows = (wanted === 'dark') === dark.matches;
  if (follows) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
  try {
    if (follows) localStorage.removeItem('theme');
    else localStorage.setItem('theme', wanted);
  } catch {
    // Storage is refused: the choice lasts until the reload.
  }
  themeVersion.value++;
}
