import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useKeys } from '../state/keys.ts';
import { Icon } from './icon.tsx';

/** What is chosen in a list, beside it; a whole sheet where there is little room. Escape closes it. */
export function SidePanel(props: { name: string; title: string; tools: ComponentChildren; onClose: () => void; children: ComponentChildren }): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useKeys([{ keys: 'Escape', about: 'close the panel', run: props.onClose }]);
  useEffect(() => {
    // A sheet that opens over the list takes the focus; beside it the list keeps it.
    if (document.activeElement !== document.body && matchMedia('(max-width: 1100px)').matches) button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <aside class="side" data-open aria-label={props.name}>
      <div class="side-head">
        <span class="cut">{props.title}</span>
        <span class="push" />
        {props.tools}
        <button ref={button} type="button" class="btn quiet icon" aria-label="Close" title="Close  Esc" onClick={props.onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="side-body">{props.children}</div>
    </aside>
  );
}
