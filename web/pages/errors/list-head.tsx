import type { JSX } from 'preact';
import type { IssuesAnswer } from '../../../src/api/contract-errors.ts';
import { useMarks } from '../../state/marks.ts';
import { serverNow } from '../../state/now.ts';
import { ProjectMenu } from '../../widgets/project-menu.tsx';
import { plural, thousands } from '../../words/number.ts';
import { show, type ListAddress } from './address.ts';
import { fresh } from './fresh.ts';
import { SearchField } from './search-field.tsx';
import { inTab, tabOf, TABS, type Tab } from './search-tokens.ts';
import { sinceRelease } from './words.ts';

const COUNTS = { open: 'unresolved', new: 'new', back: 'regressed', archived: 'archived', resolved: 'resolved' } as const satisfies Record<
  Tab,
  keyof IssuesAnswer['totals']
>;
/** On a phone there is room for three. */
const NARROW = new Set<Tab>(['archived', 'resolved']);

/** Which issues: by state, by search, of which project; and what is new among them in a sentence. */
export function ListHead(props: { address: ListAddress; answer: IssuesAnswer | null; waiting: number; first: boolean }): JSX.Element {
  const { address, answer, waiting } = props;
  const marks = useMarks();
  const tab = tabOf(address.query);
  const totals = answer?.totals;
  const said = totals && sinceRelease(totals, marks, serverNow());
  return (
    <div class="list-head">
      <h1 class="sr">Errors</h1>
      <div class="row list-tools">
        <div class="seg" role="group" aria-label="State">
          {TABS.map(({ key, text }) => (
            <button
              key={key}
              type="button"
              class={NARROW.has(key) && key !== tab ? 'not-phone' : undefined}
              aria-pressed={key === tab}
              onClick={() => show({ query: inTab(address.query, key) })}
            >
              {text}
              {totals && totals[COUNTS[key]] > 0 && !NARROW.has(key) && <small>{thousands(totals[COUNTS[key]])}</small>}
            </button>
          ))}
        </div>
        <ProjectMenu value={address.project} onChange={(project) => show({ project })} />
        <SearchField query={address.query} project={address.project} name="Search errors" onSearch={(query) => show({ query })} />
      </div>
      {said && !props.first && (
        <p class="says-line">
          <b>{said.lead}</b> {said.rest}{' '}
          {waiting > 0 && (
            <button type="button" class="plain link" onClick={() => fresh.value++}>
              {plural(waiting, 'more issue')} came
            </button>
          )}
        </p>
      )}
    </div>
  );
}
