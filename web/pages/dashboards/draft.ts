import { useEffect, useState } from 'preact/hooks';
import type { DashboardAnswer } from '../../../src/api/contract.ts';
import type { Dashboard } from '../../../src/core/dashboard.ts';
import { ApiProblem } from '../../state/api.ts';
import { askDashboard, saveDashboard } from '../../state/dashboards.ts';
import { say } from '../../state/toast.ts';

/** Steps that can be taken back. */
const MOST_STEPS = 100;

/** A dashboard and what is being changed of it. */
export interface Board {
  /** As it is kept; null before the first answer. */
  saved: DashboardAnswer | null;
  /** As it is shown: with the changes. */
  dashboard: Dashboard | null;
  /** Why there is none. */
  problem: { code: string; text: string } | null;
  isChanged: boolean;
  canUndo: boolean;
  canRedo: boolean;
  change: (to: Dashboard) => void;
  undo: () => void;
  redo: () => void;
  discard: () => void;
  /** Whether it went well; a reason for failing is told. */
  save: () => Promise<boolean>;
  reload: () => void;
}

interface Steps {
  all: readonly Dashboard[];
  at: number;
}

const keyOf = (slug: string): string => `dashboard ${slug}`;

/** Changes that a reload or a closed tab interrupted; only for the version they were made to. */
function recall(slug: string, version: string): Dashboard | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(slug)) ?? 'null') as { version: string; dashboard: Dashboard } | null;
    return kept?.version === version ? kept.dashboard : null;
  } catch {
    return null;
  }
}

function remember(slug: string, version: string, dashboard: Dashboard | null): void {
  try {
    if (dashboard === null) sessionStorage.removeItem(keyOf(slug));
    else sessionStorage.setItem(keyOf(slug), JSON.stringify({ version, dashboard }));
  } catch {
    // Storage is refused or full: the changes last until the reload.
  }
}

export function useBoard(slug: string): Board {
  const [saved, setSaved] = useState<DashboardAnswer | null>(null);
  const [problem, setProblem] = useState<Board['problem']>(null);
  const [steps, setSteps] = useState<Steps>({ all: [], at: 0 });
  const [asked, setAsked] = useState(0);

  const take = (answer: DashboardAnswer): void => {
    const draft = recall(slug, answer.version);
    setSaved(answer);
    setProblem(null);
    setSteps(draft ? { all: [answer.dashboard, draft], at: 1 } : { all: [answer.dashboard], at: 0 });
  };
  useEffect(() => {
    const stop = new AbortController();
    askDashboard(slug, stop.signal).then(take, (error: unknown) => {
      if (error instanceof ApiProblem) setProblem({ code: error.code, text: error.message });
    });
    return () => stop.abort();
  }, [slug, asked]);

  const go = (to: Steps): void => {
    setSteps(to);
    if (saved) remember(slug, saved.version, to.at === 0 ? null : to.all[to.at]);
  };
  const dashboard = steps.all[steps.at] ?? null;
  return {
    saved,
    dashboard,
    problem,
    isChanged: steps.at > 0,
    canUndo: steps.at > 0,
    canRedo: steps.at < steps.all.length - 1,
    change: (to) => {
      const [first, ...rest] = [...steps.all.slice(0, steps.at + 1), to];
      const all = [first, ...rest.slice(-MOST_STEPS)];
      go({ all, at: all.length - 1 });
    },
    undo: () => steps.at > 0 && go({ ...steps, at: steps.at - 1 }),
    redo: () => steps.at < steps.all.length - 1 && go({ ...steps, at: steps.at + 1 }),
    discard: () => go({ all: steps.all.slice(0, 1), at: 0 }),
    save: async () => {
      if (!dashboard || !saved) return false;
      try {
        const answer = await saveDashboard(slug, dashboard, saved.version);
        remember(slug, saved.version, null);
        take(answer);
        return true;
      } catch (error) {
        say((error as Error).message);
        return false;
      }
    },
    reload: () => setAsked(asked + 1),
  };
}
