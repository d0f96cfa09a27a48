import type { JSX } from 'preact';
import { micromark } from 'micromark';
import { useMemo } from 'preact/hooks';

/** A picture of another host, as micromark writes it; its text and address are escaped already. */
const FOREIGN_PICTURE = /<img src="((?:https?:)?\/\/[^"]*)" alt="([^"]*)"[^>]*>/gi;

/**
 * Markdown. Tags of HTML in it are shown as they stand, and links lead only to http and mail addresses: micromark's way unless told otherwise.
 * Pictures of other hosts are links: the policy of the page loads none, and a dashboard should tell nobody that it is looked at.
 */
export function TextView({ text }: { text: string }): JSX.Element {
  const html = useMemo(
    () => micromark(text).replace(FOREIGN_PICTURE, (_, address: string, name: string) => `<a href="${address}">${name || address}</a>`),
    [text],
  );
  return <div class="panel-scroll prose" tabIndex={0} dangerouslySetInnerHTML={{ __html: html }} />;
}
