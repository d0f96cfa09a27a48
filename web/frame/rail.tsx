import type { JSX } from 'preact';
import { pageAt, PAGES } from '../pages/list.ts';
import { now } from '../state/now.ts';
import { pageLink, route } from '../state/router.ts';
import { Icon, Mark } from '../widgets/icon.tsx';
import { inWords } from '../words/number.ts';

/** Where you are, and at its foot what Heed itself costs. */
export function Rail(): JSX.Element {
  const answer = now.value;
  return (
    <aside class="rail" aria-label="Pages">
      <div class="rail-in">
        <a class="brand" href={pageLink('/')} aria-label="Heed">
          <Mark />
          <span>heed</span>
        </a>
        <nav aria-label="Pages">
          {PAGES.map((page) => (
            <a
              key={page.path}
              class="rail-link"
              href={pageLink(page.path)}
              aria-current={page === pageAt(route.value.path) ? 'page' : undefined}
              title={`${page.title}  g ${page.key}`}
            >
              <Icon name={page.icon} />
              <span>{page.title}</span>
              {answer && page.count?.(answer) && <span class="count bad">{page.count(answer)}</span>}
            </a>
          ))}
        </nav>
        {answer && (
          <div class="rail-foot" title={`What Heed ${answer.version} itself costs`}>
            <span>
              Heed <b>{inWords(answer.process.rss, 'B')}</b> · <b>{inWords(answer.process.cpuPercent, '%', 2)}</b> CPU
            </span>
            <span>
              Disk <b>{inWords(answer.store.bytes, 'B')}</b>
              {answer.store.fullInDays !== null && (
                <>
                  , full in <b>{inWords(answer.store.fullInDays, 'count')} d</b>
                </>
              )}
            </span>
          </div>
        )}
      </div>
    </aside>
  );
}

/** The rail of a phone. */
export function TabBar(): JSX.Element {
  return (
    <nav class="tabbar" aria-label="Pages">
      {PAGES.map((page) => (
        <a key={page.path} href={pageLink(page.path)} aria-current={page === pageAt(route.value.path) ? 'page' : undefined}>
          <Icon name={page.icon} />
          {page.title}
        </a>
      ))}
    </nav>
  );
}
