import { crashFree } from '../../store/errors/sessions.ts';
import { gatherReleases } from '../releases/gather.ts';
import type { SentryDeps } from './context.ts';
import { lengthOf } from './period.ts';

/** From this share of the sessions on a release counts as adopted. */
const ADOPTED_PERCENT = 10;

export interface HealthAsked {
  health: boolean;
  stages: boolean;
  period: number;
}

/** `health=1`, `adoptionStages=1`, `summaryStatsPeriod=14d`. @throws HeedError `bad_parameter` */
export function readHealthAsked(query: URLSearchParams): HealthAsked {
  const isOn = (name: string): boolean => ['1', 'true'].includes(query.get(name) ?? '');
  return { health: isOn('health'), stages: isOn('adoptionStages'), period: lengthOf(query.get('summaryStatsPeriod') || '14d', 'summaryStatsPeriod') };
}

/** Adds to releases in Sentry's shape, where it is asked for, how they fare in each of their projects. */
export async function withHealth(
  deps: Pick<SentryDeps, 'errors' | 'catalog'>,
  told: Record<string, unknown>[],
  asked: HealthAsked,
): Promise<Record<string, unknown>[]> {
  if (!asked.health && !asked.stages) return told;
  const until = Date.now();
  const projects = told.flatMap((release) => release.projects as { id: number; slug: string }[]);
  const known = new Map<number, Awaited<ReturnType<typeof gatherReleases>>>();
  for (const { id } of projects) if (!known.has(id)) known.set(id, await gatherReleases(deps, { project: id, window: { from: until - asked.period, until } }));
  return told.map((release) => {
    const stages: Record<string, unknown> = {};
    const shown = (release.projects as { id: number; slug: string }[]).map((project) => {
      const found = known.get(project.id)?.find(({ version }) => version === release.version);
      const { sessions = 0, users = 0, crashed = 0, errored = 0, unhandled = 0, abnormal = 0 } = found?.counts ?? {};
      const rates = found && crashFree(found.counts);
      const adoption = found?.adoption ?? null;
      stages[project.slug] = { stage: (adoption ?? 0) >= ADOPTED_PERCENT ? 'adopted' : 'low_adoption', adopted: null, unadopted: null };
      if (!asked.health) return project;
      const healthData = {
        hasHealthData: sessions > 0,
        totalSessions: sessions,
        totalUsers: users,
        sessionsCrashed: crashed,
        sessionsErrored: errored + unhandled + abnormal + crashed,
        crashFreeSessions: rates?.sessions ?? null,
        crashFreeUsers: rates?.users ?? null,
        sessionsAdoption: adoption,
        // Heed keeps no share of users, and no durations.
        adoption: null,
        durationP50: null,
        durationP90: null,
        stats: {},
      };
      return { ...project, hasHealthData: sessions > 0, healthData };
    });
    return { ...release, projects: shown, ...(asked.stages ? { adoptionStages: stages } : {}) };
  });
}
