import { usualProject } from '../../state/me.ts';
import { change, pageLink, route } from '../../state/router.ts';

export const PATH = '/feedback';

export const STATES = ['open', 'resolved', 'spam', 'all'] as const;
export type Shown = (typeof STATES)[number];

const FEW = 50;
export const MANY = 100;

/** What the address says. */
export interface FeedbackAddress {
  state: Shown;
  query: string;
  project: string;
  /** Number of the one whose panel is open; 0 for none. */
  feedback: number;
  limit: number;
}

export function addressOf(params: URLSearchParams): FeedbackAddress {
  const state = params.get('state') as Shown;
  const number = params.get('feedback') ?? '';
  return {
    state: STATES.includes(state) ? state : 'open',
    query: params.get('q') ?? '',
    project: params.get('project') ?? usualProject(),
    feedback: /^\d{1,15}$/.test(number) ? Number(number) : 0,
    limit: params.get('limit') === String(MANY) ? MANY : FEW,
  };
}

/** Changes what is shown; what is shown anyway stays out of the address. */
export function show(next: Partial<FeedbackAddress>, replace = false): void {
  const { state, query, project, feedback, limit } = { ...addressOf(route.value.params), ...next };
  change((params) => {
    for (const [key, value, plain] of [
      ['state', state, 'open'],
      ['q', query, ''],
      ['project', project, usualProject()],
      ['feedback', String(feedback), '0'],
      ['limit', String(limit), String(FEW)],
    ]) {
      if (value === plain) params.delete(key);
      else params.set(key, value);
    }
  }, replace);
}

export const feedbackLink = (id: number): string => pageLink(PATH, { state: 'all', feedback: String(id) });
