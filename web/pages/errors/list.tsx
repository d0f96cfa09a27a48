import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import { usualProject } from '../../state/me.ts';
import type { IssueChange } from '../../state/errors.ts';
import { route } from '../../state/router.ts';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { listAddress, rememberList, show } from './address.ts';
import { BulkBar } from './bulk-bar.tsx';
import { doTo } from './do.ts';
import { FirstEvent, NothingMatches } from './empty.tsx';
import { useIssues } from './issues.ts';
import { IssuesTable } from './issues-table.tsx';
import { ListFoot } from './list-foot.tsx';
import { ListHead } from './list-head.tsx';
import { useListKeys } from './list-keys.ts';
import { IssuePanel } from './panel.tsx';
import { Problem } from '../../widgets/problem.tsx';

/** All issues that a search finds, and the chosen one beside them. */
export function ErrorsList(): JSX.Element {
  const address = listAddress(route.value.params);
  const { rows, answer, problem, waiting, more, hold } = useIssues(address);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [cursor, setCursor] = useState<{ id: number; at: number }>({ id: 0, at: -1 });
  useEffect(() => {
    document.title = 'Errors · Heed';
    rememberList();
  });
  // What is not shown any more is not acted on.
  const picked = rows.filter(({ id }) => chosen.has(id));
  const found = rows.findIndex(({ id }) => id === cursor.id);
  const opened = rows.findIndex(({ shortId }) => shortId === address.issue);
  const at = found >= 0 ? found : cursor.at >= 0 ? Math.min(cursor.at, rows.length - 1) : opened;

  const choose = (ids: readonly number[], on: boolean): void => {
    const next = new Set(picked.map(({ id }) => id));
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  const act = (change: IssueChange): void => {
    const issues = picked.length > 0 ? picked : rows.slice(at, at + 1).filter(() => at >= 0);
    void doTo(issues, change).then((done) => done && setChosen(new Set()));
  };
  const move = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))] as IssueItem | undefined;
    if (!row) return;
    setCursor({ id: row.id, at: rows.indexOf(row) });
    document.getElementById(`issue-${row.id}`)?.scrollIntoView({ block: 'nearest' });
    if (address.issue !== '') show({ issue: row.shortId }, true);
  };
  useListKeys({ rows, at, open: address.issue, picked, move, act, choose, clear: () => setChosen(new Set()) });

  const totals = answer?.totals;
  const none = totals !== undefined && Object.values(totals).every((count) => count === 0);
  const first = none && rows.length === 0 && address.project === usualProject();
  return (
    <div class={address.issue === '' ? 'split alone' : 'split'}>
      <div class="main">
        <ListHead address={address} answer={answer} waiting={waiting} first={first} />
        <Problem text={problem?.message ?? ''} list />
        {!answer && !problem && <Skeleton rows={8} slow="Heed takes long to answer; a search over much text can." />}
        {first && <FirstEvent />}
        {answer && rows.length === 0 && !first && <NothingMatches query={address.query} onSearch={(query) => show({ query })} />}
        {rows.length > 0 && <IssuesTable rows={rows} sort={address.sort} open={address.issue} current={at} chosen={chosen} onChoose={choose} onHold={hold} />}
        {/* At the end, so that no row moves when the first is chosen. */}
        {picked.length > 0 && <BulkBar issues={picked} onDo={act} onClear={() => setChosen(new Set())} />}
        {answer && rows.length > 0 && <ListFoot shown={rows.length} total={answer.total} query={address.query} more={more} />}
      </div>
      {address.issue !== '' && <IssuePanel key={address.issue} id={address.issue} row={rows.find(({ shortId }) => shortId === address.issue)} />}
    </div>
  );
}
