import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { IssueAnswer } from '../../../src/api/contract-errors.ts';
import { linkIssue, unlinkIssue } from '../../state/errors.ts';
import { say } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { fresh } from './fresh.ts';

/** Tickets, merge requests and the like that belong to an issue. */
export function Links({ answer: { issue, links } }: { answer: IssueAnswer }): JSX.Element {
  const [url, setUrl] = useState('');
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      say((error as Error).message);
    }
    fresh.value++;
  };
  const add = async (): Promise<void> => {
    await linkIssue(issue.id, url.trim());
    setUrl('');
  };
  return (
    <section class="panel" aria-labelledby="h-links">
      <div class="panel-head">
        <h2 id="h-links">Links</h2>
      </div>
      <div class="panel-body issue-links">
        {links.map((link) => (
          <p key={link.id}>
            <a class="cut" href={link.url} rel="noreferrer noopener" target="_blank" title={`${link.url}, by ${link.by}`}>
              {link.title || shortOf(link.url)}
            </a>
            <button
              type="button"
              class="btn quiet icon"
              aria-label={`Remove the link to ${link.title || link.url}`}
              title="Remove"
              onClick={() => void attempt(() => unlinkIssue(issue.id, link.id))}
            >
              <Icon name="close" small />
            </button>
          </p>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (url.trim() !== '') void attempt(add);
          }}
        >
          <input
            class="field"
            type="url"
            aria-label="Address of a ticket or a merge request"
            placeholder="https://… of a ticket"
            maxLength={2000}
            value={url}
            onInput={(event) => setUrl(event.currentTarget.value)}
          />
          {url.trim() !== '' && (
            <button type="submit" class="btn">
              Add
            </button>
          )}
        </form>
      </div>
    </section>
  );
}

/** Host and path, which say what it is. */
function shortOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? parsed.host + (parsed.pathname === '/' ? '' : parsed.pathname) : url;
}
