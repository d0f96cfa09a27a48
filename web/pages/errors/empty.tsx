import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { seenProjects } from '../../state/me.ts';
import { projectLink } from '../settings/projects/address.ts';
import { setups } from './setup.ts';
import { SetupSteps } from './setup-steps.tsx';
import { queryOf, tokensOf } from './search-tokens.ts';

/** Before the first event: what to paste, and proof that we listen. The list asks again by itself. */
export function FirstEvent(): JSX.Element {
  const [tab, setTab] = useState('node');
  const [slug, setSlug] = useState('');
  const projects = seenProjects.value;
  const project = projects.find((one) => one.slug === slug) ?? projects[0];
  if (!project) return <p class="empty">Heed has no project yet.</p>;
  const all = setups(project.dsn);
  const chosen = all.find(({ key }) => key === tab) ?? all[0];
  return (
    <div class="empty first-event">
      <h2>No error has come yet</h2>
      <p>Every SDK of Sentry can send here; only its DSN is another one. Paste this where the app starts. The first event appears here within two seconds.</p>
      {projects.length > 1 && (
        <label class="field-label">
          <span>Project</span>
          <select class="field" value={project.slug} onChange={(event) => setSlug(event.currentTarget.value)}>
            {projects.map((one) => (
              <option key={one.slug} value={one.slug}>
                {one.slug}
              </option>
            ))}
          </select>
        </label>
      )}
      <SetupSteps all={all} chosen={chosen} onChange={setTab} />
      <p class="dim small">
        DSN of {project.slug}: <code class="dsn">{project.dsn}</code>. <a href={projectLink(project.slug, 'keys')}>More keys, origins, privacy, rules</a>
      </p>
      <span class="wait" role="status">
        Waiting for your first event
      </span>
    </div>
  );
}

const NOTHING: Record<string, [head: string, text: string]> = {
  'is:unresolved': ['Nothing is open', 'All that came is resolved or archived. What comes next appears here by itself.'],
  'is:new': ['Nothing new', 'No issue was seen for the first time in the last days.'],
  'is:regressed': ['Nothing came back', 'What is resolved and comes again appears here.'],
  'is:archived': ['Nothing is archived', 'What is not worth a look now can be archived until it matters: key a.'],
  'is:resolved': ['Nothing is resolved', 'Key r resolves an issue; it comes back by itself when it happens again.'],
};

/** Nothing matches: each condition with what dropping it leaves of the search. */
export function NothingMatches({ query, onSearch }: { query: string; onSearch: (query: string) => void }): JSX.Element {
  const tokens = tokensOf(query);
  const [head, text] = NOTHING[query.trim()] ?? ['Nothing matches', 'No issue fulfils all of these. Drop one of them:'];
  return (
    <div class="empty" role="status">
      <h2>{head}</h2>
      <p>{text}</p>
      {tokens.length > 1 && (
        <div class="chips">
          {tokens.map((token, index) => (
            <button
              key={`${index} ${token.text}`}
              type="button"
              class="chip drop"
              title={`Search without ${token.text}`}
              onClick={() => onSearch(queryOf(tokens.filter((one) => one !== token)))}
            >
              <span class="mono">{token.text}</span>
              <i>×</i>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
