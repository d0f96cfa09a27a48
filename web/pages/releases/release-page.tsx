import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ReleaseAnswer } from '../../../src/api/contract-releases.ts';
import { useKeys } from '../../state/keys.ts';
import { seenProjects } from '../../state/me.ts';
import { go, route } from '../../state/router.ts';
import { Icon } from '../../widgets/icon.tsx';
import { PickMenu } from '../../widgets/pick-menu.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { addressOf, listLink, releaseLink, show } from './address.ts';
import { Commits } from './commits.tsx';
import { Deploys } from './deploys.tsx';
import { Health } from './health.tsx';
import { Outcomes } from './outcomes.tsx';
import { ReleaseIssues } from './release-issues.tsx';
import { useRelease, useWeek } from './releases.ts';
import { Figures } from './figures.tsx';
import { stateOf } from './words.ts';
import { Problem } from '../../widgets/problem.tsx';

/** A release: how it fares against the one before, over time, what broke and was mended in it, and what it is made of. */
export function ReleasePage({ version }: { version: string }): JSX.Element {
  useWeek();
  const { answer, problem } = useRelease(version);
  useEffect(() => void (document.title = `${version} · Releases · Heed`), [version]);
  useKeys([{ keys: 'Escape', about: 'back to the list', run: () => go(listLink()) }]);
  if (!answer) {
    return (
      <div class="page release-page">
        {problem ? (
          <div class="empty" role="alert">
            <h1>{version} cannot be shown</h1>
            <p>{problem.message}.</p>
            <a class="btn" href={listLink()}>
              All releases
            </a>
          </div>
        ) : (
          <Skeleton rows={10} slow="Heed takes long to answer." />
        )}
      </div>
    );
  }
  return (
    <div class="page release-page">
      <Head answer={answer} />
      <section class="verdict small" data-s={stateOf(answer.release.verdict)} aria-label="Verdict">
        <Glyph state={stateOf(answer.release.verdict)} />
        <p class="says">
          <VerdictWords {...answer.release.verdict} />
        </p>
      </section>
      <Problem text={problem?.message ?? ''} />
      <Figures release={answer.release} />
      <div class="cols">
        <div class="stack">
          <Health answer={answer} />
          <ReleaseIssues answer={answer} />
          <Commits commits={answer.commits} />
        </div>
        <aside class="stack" aria-label="About the release">
          <Deploys answer={answer} />
          <Outcomes answer={answer} />
        </aside>
      </div>
    </div>
  );
}

function Head({ answer: { release, url, ref } }: { answer: ReleaseAnswer }): JSX.Element {
  const { project, environment } = addressOf(route.value.params);
  const projects = seenProjects.value;
  return (
    <div class="page-head">
      <div>
        <div class="crumbs">
          <a href={listLink()}>Releases</a>
          <Icon name="right" small />
          <span>{release.version}</span>
        </div>
        <h1 class="error-title">{release.version}</h1>
        <div class="chips head-chips">
          {release.projects.map((slug) => (
            <span key={slug} class="chip">
              <i>project</i>
              <span>{slug}</span>
            </span>
          ))}
          {ref !== '' && (
            <span class="chip">
              <i>built from</i>
              <span>{ref}</span>
            </span>
          )}
          {/^https?:\/\//i.test(url) && (
            <a class="chip" href={url} target="_blank" rel="noreferrer">
              <Icon name="link" small />
              <span>its page</span>
            </a>
          )}
        </div>
      </div>
      <div class="btn-row">
        <PickMenu
          name="Project"
          all="All its projects"
          options={release.projects.length > 1 ? projects.map(({ slug }) => slug) : []}
          value={project}
          onChange={(value) => show({ project: value })}
        />
        {environment !== '' && (
          <PickMenu name="Environment" all="All environments" options={[]} value={environment} onChange={(value) => show({ environment: value })} />
        )}
      </div>
    </div>
  );
}

/** The verdict, with a link where it names the release before. */
function VerdictWords({ words, before }: { words: string; before: string }): JSX.Element {
  const at = before === '' ? -1 : words.indexOf(before);
  if (at < 0) return <>{words}.</>;
  return (
    <>
      {words.slice(0, at)}
      <a href={releaseLink(before)}>{before}</a>
      {words.slice(at + before.length)}.
    </>
  );
}
