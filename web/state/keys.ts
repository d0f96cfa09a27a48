import { useLayoutEffect } from 'preact/hooks';

/** One key, or two after another, and what they do; the help lists them. */
export interface Key {
  /** As `KeyboardEvent.key`; `g n` is a sequence, `mod+k` is ⌘K or Ctrl+K. */
  keys: string;
  about: string;
  run(event: KeyboardEvent): void;
}

/** The key `mod+k` as this keyboard has it. */
export const COMMAND_K = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K';

const layers: Key[][] = [];

/** All keys that work now, by layer. */
export function activeKeys(): readonly Key[] {
  return layers.flat();
}

/** Keys that work while the component is on the screen; the newest layer is asked first, those that are `everywhere` last. */
export function useKeys(keys: readonly Key[], everywhere = false): void {
  // Before the paint: who sees the page may press them.
  useLayoutEffect(() => {
    const layer = [...keys];
    if (everywhere) layers.unshift(layer);
    else layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  });
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && target.type === 'checkbox') return false;
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Keys that a focused control needs for itself. */
function isTaken(event: KeyboardEvent): boolean {
  return event.key === ' ' && event.target instanceof Element && event.target.closest('button, a, summary, input, [role="tree"], [role="listbox"]') !== null;
}

export function startKeys(): void {
  let before = '';
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const modified = event.metaKey || event.ctrlKey;
    const pressed = modified ? `mod+${event.key.toLowerCase()}` : event.key;
    const typing = isTyping(event.target) || document.querySelector('dialog[open]') !== null;
    if (event.altKey || isTaken(event) || (typing && !modified)) return;
    const sequence = `${before} ${pressed}`;
    before = !modified && pressed.length === 1 ? pressed : '';
    const found = findKey(sequence) ?? findKey(pressed);
    if (!found) return;
    before = '';
    event.preventDefault();
    found.run(event);
  });
}

function findKey(pressed: string): Key | undefined {
  for (const layer of layers.toReversed()) {
    const found = layer.find((key) => key.keys === pressed);
    if (found) return found;
  }
  return undefined;
}
