import type { JSX } from 'preact';

/** Why something could not be done, spoken as soon as it is there; nothing while there is nothing to say. */
export function Problem({ text, list = false }: { text: string; list?: boolean }): JSX.Element | null {
  if (text === '') return null;
  return (
    <p class={list ? 'list-problem bad' : 'bad'} role="alert">
      {text}
    </p>
  );
}
