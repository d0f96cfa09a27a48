import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Project } from '../../../../src/api/contract.ts';
import { useKeys } from '../../../state/keys.ts';
import { askProjects, eventsOfDay } from '../../../state/projects.ts';
import { copyText } from '../../../state/toast.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { plural, thousands } from '../../../words/number.ts';
import { projectLink } from './address.ts';
import { NewProject } from './new-project.tsx';
import { SettingsHead } from '../head.tsx';

/** Projects are asked for their events one after the other; beyond so many nobody compares them. */
const MOST_COUNTED = 50;

/** All applications that report to Heed. */
export function ProjectList(): JSX.Element {
  const [projects, setProjects] = useState<Project[] | null>(null);
  const [events, setEvents] = useState<Record<string, number>>({});
  const [problem, setProblem] = useState('');
  const [adding, setAdding] = useState(false);
  useKeys([{ keys: 'n', about: 'new project', run: () => setAdding(true) }]);
  useEffect(() => {
    document.title = 'Projects · Settings · Heed';
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const all = await askProjects(stop.signal);
      setProjects(all);
      for (const { slug } of all.slice(0, MOST_COUNTED)) {
        const count = await eventsOfDay(slug, stop.signal);
        setEvents((before) => ({ ...before, [slug]: count }));
      }
    };
    ask().catch((error: unknown) => {
      if (!stop.signal.aborted) setProblem((error as Error).message);
    });
    return () => stop.abort();
  }, []);
  return (
    <>
      <SettingsHead
        title="Projects"
        about="One for each application that reports errors: its keys, its rules, what is hidden before anything is written."
        problem={problem}
        add={{ text: 'New', title: 'New project  n', ready: true, run: () => setAdding(true) }}
      />
      {!projects && problem === '' && <Skeleton rows={4} slow="Heed takes long to answer." />}
      {projects && (
        <section class="panel plain">
          <table class="table">
            <thead>
              <tr>
                <th>Project</th>
                <th class="grow p2">Keys</th>
                <th class="n">Events, 24 h</th>
                <th>
                  <span class="sr">DSN</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {projects.map(({ slug, name, keys, dsn }) => {
                const revoked = keys.filter(({ active }) => !active).length;
                return (
                  <tr key={slug}>
                    <td class="nowrap">
                      <a class="name" href={projectLink(slug)}>
                        {name}
                      </a>
                      {name !== slug && <span class="dim small"> {slug}</span>}
                    </td>
                    <td class="grow p2 dim">
                      {plural(keys.length, 'key')}
                      {revoked > 0 && `, ${revoked} revoked`}
                    </td>
                    <td class="n">{events[slug] === undefined ? '' : thousands(events[slug])}</td>
                    <td class="n">
                      <button type="button" class="btn quiet" title={dsn} onClick={() => void copyText(dsn, `DSN of ${slug} copied`)}>
                        <Icon name="copy" small />
                        DSN
                      </button>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      {adding && <NewProject onClose={() => setAdding(false)} />}
    </>
  );
}
