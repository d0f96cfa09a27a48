import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { IssueItem } from '../../../../src/api/contract-errors.ts';
import { latestIssue } from '../../../state/projects.ts';
import { serverNow } from '../../../state/now.ts';
import { change, route } from '../../../state/router.ts';
import { State } from '../../../widgets/state.tsx';
import { agoText } from '../../../words/time.ts';
import { issueLink } from '../../errors/address.ts';
import { setups } from '../../errors/setup.ts';
import { SetupSteps } from '../../errors/setup-steps.tsx';
import type { TabProps } from './project-page.tsx';

const LOOK_EVERY = 2000;

/** What to paste for each SDK, with proof that it works as soon as it does. */
export function SetUp({ project }: TabProps): JSX.Element {
  const all = setups(project.dsn);
  const chosen = all.find(({ key }) => key === route.value.params.get('sdk')) ?? all[0];
  const latest = useLatest(project.slug);
  return (
    <section class="stack" aria-label="Set up">
      <p role="status" class="arrival">
        {latest === null ? (
          <span class="wait">Waiting for the first event of {project.name}</span>
        ) : (
          latest && (
            <State state="ok">
              Events arrive: <a href={issueLink(latest.shortId)}>{latest.title}</a>, {agoText(latest.lastSeen, serverNow())}
            </State>
          )
        )}
      </p>
      <SetupSteps
        all={all}
        chosen={chosen}
        onChange={(key) => change((params) => (key === all[0].key ? params.delete('sdk') : params.set('sdk', key)), true)}
      />
    </section>
  );
}

/** The issue that came last: undefined until it is known, null before there is one. */
function useLatest(slug: string): IssueItem | null | undefined {
  const [latest, setLatest] = useState<IssueItem | null>();
  useEffect(() => {
    const stop = new AbortController();
    const ask = (): void =>
      void latestIssue(slug, stop.signal).then(
        (found) => setLatest(found ?? null),
        () => undefined,
      );
    ask();
    const timer = setInterval(ask, LOOK_EVERY);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, []);
  return latest;
}
