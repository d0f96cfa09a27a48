import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** What a menu button needs; spread it onto the button. */
export interface MenuButton {
  ref: { current: HTMLButtonElement | null };
  type: 'button';
  'aria-haspopup': 'menu' | 'dialog';
  'aria-expanded': boolean;
  onClick: () => void;
}

/**
 * A button and what it opens. Arrow keys walk the items, Escape and a click elsewhere close it, and focus returns to the
 * button. `form` is for content that is not a list of items.
 */
export function Menu(props: {
  button: (attributes: MenuButton) => JSX.Element;
  children: (close: () => void) => ComponentChildren;
  name: string;
  end?: boolean;
  form?: boolean;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!open) return undefined;
    panel.current?.querySelector<HTMLElement>('[aria-current], a, button, input')?.focus();
    const outside = (event: Event): void => {
      const target = event.target as Node;
      if (!panel.current?.contains(target) && !button.current?.contains(target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (props.form || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    const items = [...(panel.current?.querySelectorAll<HTMLElement>('a, button') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length]?.focus();
  };

  return (
    <div class="menu-anchor" onKeyDown={onKeyDown}>
      {props.button({
        ref: button,
        type: 'button',
        'aria-haspopup': props.form ? 'dialog' : 'menu',
        'aria-expanded': open,
        onClick: () => setOpen(!open),
      })}
      {open && (
        <div ref={panel} class={`menu${props.end ? ' end' : ''}`} role={props.form ? 'dialog' : 'menu'} aria-label={props.name}>
          {props.children(close)}
        </div>
      )}
    </div>
  );
}

/** One thing to do in a menu: the menu closes first, so that focus is back where it was. */
export function MenuItem(props: { close: () => void; onDo: () => void; current?: boolean; class?: string; children: ComponentChildren }): JSX.Element {
  return (
    <button
      type="button"
      role="menuitem"
      class={props.class}
      aria-current={props.current ? 'true' : undefined}
      onClick={() => {
        props.close();
        props.onDo();
      }}
    >
      {props.children}
    </button>
  );
}
