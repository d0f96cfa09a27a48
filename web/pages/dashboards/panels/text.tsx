import type { JSX } from 'preact';
import { micromark } from 'micromark';
import { useMemo } from 'preact/hooks';

/** Markdown. Tags of HTML in it are shown as they stand, and links lead only to http and mail addresses: micromark's way unless told otherwise. */
export function TextView({ text }: { text: string }): JSX.Element {
  const html = useMemo(() => micromark(text), [text]);
  return <div class="panel-scroll prose" tabIndex={0} dangerouslySetInnerHTML={{ __html: html }} />;
}
