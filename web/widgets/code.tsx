import type { JSX } from 'preact';
import { copyText } from '../state/toast.ts';
import { Icon } from './icon.tsx';

/** Lines to paste, with strings and comments told apart by ink. */
export function Code({ text, name }: { text: string; name: string }): JSX.Element {
  return (
    <div class="code" tabIndex={0} role="group" aria-label={name}>
      <pre>
        {text.split(/(^#.*$|^\/\/.*$|"[^"\n]*"|'[^'\n]*')/m).map((part, index) => {
          if (index % 2 === 0) return part;
          return <span class={/^(?:#|\/\/)/.test(part) ? 'com' : 'str'}>{part}</span>;
        })}
      </pre>
      <button type="button" class="btn quiet icon copy" aria-label={`Copy: ${name}`} title="Copy" onClick={() => void copyText(text, 'Copied')}>
        <Icon name="copy" small />
      </button>
    </div>
  );
}
