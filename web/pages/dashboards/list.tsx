import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DashboardEntry, DashboardsAnswer } from '../../../src/api/contract.ts';
import { ApiProblem } from '../../state/api.ts';
import { askDashboards } from '../../state/dashboards.ts';
import { useKeys } from '../../state/keys.ts';
import { change, pageLink, route } from '../../state/router.ts';
import { Code } from '../../widgets/code.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { State } from '../../widgets/state.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { NewDialog } from './new-dialog.tsx';
import { Problem } from '../../widgets/problem.tsx';

/** An automatic dashboard appears with its first points, a file's when it is written. */
const FRESH_EVERY = 5000;
const ORIGINS: Record<DashboardEntry['origin'], string> = { file: 'file', screen: 'made here', automatic: 'automatic' };

/** All dashboards, with where each comes from. */
export function DashboardList(): JSX.Element {
  const [answer, setAnswer] = useState<DashboardsAnswer | null>(null);
  const [problem, setProblem] = useState('');
  const [dialog, setDialog] = useState<'none' | 'new' | 'import'>('none');
  const words = route.value.params.get('q') ?? '';
  useEffect(() => {
    document.title = 'Dashboards · Heed';
    const stop = new AbortController();
    const ask = (): void => {
      askDashboards(stop.signal).then(
        (fresh) => {
          setProblem('');
          setAnswer((before) => (JSON.stringify(before) === JSON.stringify(fresh) ? before : fresh));
        },
        (error: unknown) => {
          if (error instanceof ApiProblem) setProblem(error.message);
        },
      );
    };
    ask();
    const timer = setInterval(ask, FRESH_EVERY);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, []);
  useKeys([{ keys: 'n', about: 'new dashboard', run: () => setDialog('new') }]);

  const all = answer?.dashboards ?? [];
  const taken = new Set(all.map(({ slug }) => slug));
  const found = all.filter(({ title, about, tags }) =>
    words
      .toLowerCase()
      .split(' ')
      .every((word) => `${title} ${about} ${tags.join(' ')}`.toLowerCase().includes(word)),
  );
  return (
    <>
      <div class="list-head">
        <div class="page-head">
          <h1>Dashboards</h1>
          <div class="btn-row">
            <button type="button" class="btn" onClick={() => setDialog('import')}>
              Import
            </button>
            <button type="button" class="btn primary" title="New dashboard  n" onClick={() => setDialog('new')}>
              <Icon name="plus" small />
              New
            </button>
          </div>
        </div>
        {all.length > 8 && (
          <input
            type="search"
            class="field"
            aria-label="Find a dashboard"
            placeholder={`Find in ${all.length}`}
            value={words}
            onInput={(event) => {
              const { value } = event.currentTarget;
              change((params) => (value === '' ? params.delete('q') : params.set('q', value)), true);
            }}
          />
        )}
        <Problem text={problem} />
        {answer?.problems.map(({ file, line, message }) => (
          <p key={file} role="status">
            <State state="bad">
              <code>
                {file}
                {line > 0 && `:${line}`}
              </code>{' '}
              {message}
            </State>
          </p>
        ))}
      </div>
      {!answer && problem === '' && <Skeleton rows={6} slow="Heed takes long to answer." />}
      {answer && all.length === 0 && <Nothing folder={answer.folder} />}
      {all.length > 0 && (
        <section class="panel plain">
          <table class="table">
            <thead>
              <tr>
                <th>Dashboard</th>
                <th class="grow p2">
                  <span class="sr">About</span>
                </th>
                <th class="p2">From</th>
                <th class="n">Panels</th>
              </tr>
            </thead>
            <tbody>
              {found.map((entry) => (
                <tr key={entry.slug}>
                  <td class="nowrap">
                    <a class="name" href={pageLink(`/dashboards/${entry.slug}`)}>
                      {entry.title}
                    </a>
                  </td>
                  <td class="grow p2 dim">{entry.about}</td>
                  <td class="p2 nowrap">
                    {entry.origin === 'file' ? <code>{entry.file}</code> : ORIGINS[entry.origin]}
                    {entry.changed && <span class="dim">, changed here</span>}
                  </td>
                  <td class="n">{entry.panels}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {found.length === 0 && <p class="list-foot">No dashboard has these words.</p>}
          <p class="list-foot">
            <span>
              Files in <code>{answer?.folder}</code> appear here within two seconds.
            </span>
          </p>
        </section>
      )}
      {dialog === 'new' && <NewDialog taken={taken} onClose={() => setDialog('none')} />}
      {dialog === 'import' && <ImportDialog taken={taken} onClose={() => setDialog('none')} />}
    </>
  );
}

function Nothing({ folder }: { folder: string }): JSX.Element {
  return (
    <div class="empty">
      <h2>No dashboard yet</h2>
      <p>One appears by itself as soon as a source that Heed knows sends numbers: StatsD, collectd, Apache, Elasticsearch, sitespeed.io, carbon.</p>
      <p>Your own is made here, or kept beside your code as a file:</p>
      <Code name="A dashboard's file" text={`# ${folder}/shop.yaml\ntitle: Shop\npanels:\n  - title: Orders\n    target: stats.shop.orders\n    unit: /s\n`} />
    </div>
  );
}
