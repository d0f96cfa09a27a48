import { HeedError } from '../../core/errors.ts';
import type { ErrorsStore, IssuesQuestion } from '../../store/errors/errors-store.ts';
import type { IssueItem, IssuesAnswer, IssuesChanged } from '../contract-errors.ts';
import type { Routes } from '../context.ts';
import { removeAttachmentsOf } from '../attachments/remove-of-issues.ts';
import { actorOf } from '../issues/actor.ts';
import { isShortId } from '../issues/find.ts';
import { listedItem } from '../issues/item.ts';
import { matchingIds, MOST_CHANGED } from '../issues/matching.ts';
import { type ReadSearch, readSearch } from '../issues/question.ts';
import { readChange } from '../issues/read-change.ts';
import { UndoMemory } from '../issues/undo-memory.ts';
import { readWindow, trendSlots, type Window, WINDOW_PARAMETERS, type WindowQuery } from '../issues/window.ts';
import { windowedItem } from '../issues/windowed.ts';
import type { RouteSchema } from '../openapi.ts';
import type { ParametersSchema } from '../parameters.ts';
import { mustWorkOn } from '../security/person-access.ts';
import { mustAllow } from '../security/tokens.ts';

const SORTS: readonly string[] = ['date', 'new', 'freq', 'user', 'trends'];

export const SEARCH_PARAMETERS = {
  project: { type: 'string', maxLength: 100, description: 'Short name of a project; all projects without it.' },
  query: {
    type: 'string',
    maxLength: 4096,
    default: '',
    description: 'Conditions in Sentry’s words, e.g. is:unresolved release:1.4* timesSeen:>10 !level:info "some text".',
  },
} as const satisfies ParametersSchema['properties'];

const list: RouteSchema = {
  summary: 'Issues that match a search, with what happened in a window of time.',
  querystring: {
    type: 'object',
    properties: {
      ...SEARCH_PARAMETERS,
      sort: {
        type: 'string',
        maxLength: 10,
        default: 'date',
        description: 'date (last seen), new (first seen), freq (events), user (users), trends; greatest first.',
      },
      ...WINDOW_PARAMETERS,
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 25, description: 'At most so many.' },
      cursor: { type: 'string', maxLength: 1000, description: 'What the page before said is next.' },
    },
  },
  answer: 'IssuesAnswer',
};

const change: RouteSchema = {
  summary: 'Changes the issues of a list of ids, or those that match a search.',
  body: {
    type: 'object',
    properties: {
      ids: { type: 'array', items: { type: 'integer' }, minimum: 1, maxItems: MOST_CHANGED, description: 'Numbers of issues.' },
      query: { type: 'string', maxLength: 4096, description: `Instead of ids: the search; of more than ${MOST_CHANGED} that match the last seen are changed.` },
      project: SEARCH_PARAMETERS.project,
      change: { type: 'object', description: "What to do, e.g. {do:'resolve', inNextRelease:true}, {do:'archive', moreEvents:100}, {do:'assign', to:'ann'}." },
    },
    required: ['change'],
  },
  answer: 'IssuesChanged',
};

const undo: RouteSchema = {
  summary: 'Takes a change back, ten minutes long; issues that were changed again since stay.',
  body: {
    type: 'object',
    properties: { undo: { type: 'string', minLength: 1, maxLength: 100, description: 'What the change answered.' } },
    required: ['undo'],
  },
  answer: 'IssuesChanged',
};

interface ListQuery extends WindowQuery {
  project?: string;
  query: string;
  sort: IssuesQuestion['sort'];
  limit: number;
  cursor?: string;
}

interface ChangeBody {
  ids?: number[];
  query?: string;
  project?: string;
  change: object;
}

export const issuesRoutes: Routes = (app, { deps }) => {
  const { errors, catalog } = deps;
  const memory = new UndoMemory();

  /** Who looks for `SHOP-1A` wants that issue. */
  const namedIssue = async ({ project, terms: [term, more] }: ReadSearch, window: Window): Promise<IssueItem | undefined> => {
    if (!term || more || term.key !== 'text' || term.not || !isShortId(term.value)) return undefined;
    const issue = await errors.issueByShortId(term.value);
    return issue && (project === null || issue.project === project) ? windowedItem(errors, issue, window) : undefined;
  };

  app.get<{ Querystring: ListQuery }>('/api/v1/issues', { schema: list }, async (request): Promise<IssuesAnswer> => {
    const { query, project, sort, limit, cursor, ...times } = request.query;
    const begun = performance.now();
    if (!SORTS.includes(sort)) throw new HeedError('bad_parameter', `cannot answer: there is no order '${sort}'; write ${SORTS.join(', ')}`);
    const now = Date.now();
    const window = readWindow(times, now);
    const search = await readSearch(catalog, query, project, actorOf(request));
    const [page, totals, named] = await Promise.all([
      errors.issues({ ...search, sort, ...window, slots: trendSlots(window), limit, cursor }),
      errors.totals(search.project),
      namedIssue(search, window),
    ]);
    const items = page.issues.map(listedItem);
    const missing = named && !cursor && !items.some(({ id }) => id === named.id) ? [named] : [];
    return {
      issues: [...missing, ...items],
      next: page.next ?? null,
      total: page.total + missing.length,
      totals,
      ...window,
      ms: performance.now() - begun,
    };
  });

  app.patch<{ Body: ChangeBody }>('/api/v1/issues', { schema: change }, async (request): Promise<IssuesChanged> => {
    const { ids, query, project, change: said } = request.body;
    if ((ids === undefined) === (query === undefined)) throw new HeedError('bad_parameter', 'cannot change issues: give either ids or a query');
    const now = Date.now();
    const by = actorOf(request);
    const asked = readChange(said, now);
    const { token, person } = request.caller;
    if (asked.do === 'discard' && token) mustAllow(token, ['event:admin']);
    const chosen = ids ?? (await matchingIds(errors, await readSearch(catalog, query ?? '', project, by)));
    if (person) mustWorkOn(person, await projectsOf(errors, chosen), asked.do === 'discard' ? 'event:admin' : 'event:write');
    if (chosen.length === 0) return { changed: 0, undo: '' };
    if (asked.do === 'discard') await removeAttachmentsOf(deps, chosen);
    const before = await errors.change([...new Set(chosen)], asked, by);
    if (asked.do === 'discard') return { changed: chosen.length, undo: '' };
    return { changed: before.length, undo: before.length === 0 ? '' : memory.keep(before) };
  });

  app.post<{ Body: { undo: string } }>('/api/v1/issues/undo', { schema: undo }, async (request): Promise<IssuesChanged> => {
    const before = memory.take(request.body.undo);
    if (!before) throw new HeedError('too_late', 'cannot undo: the change was undone already, or is longer ago than ten minutes', { status: 410 });
    const { person } = request.caller;
    if (person) {
      const ids = before.map(({ id }) => id);
      mustWorkOn(person, await projectsOf(errors, ids), 'event:write');
    }
    return { changed: await errors.undo(before, actorOf(request)), undo: '' };
  });
};

async function projectsOf(errors: Pick<ErrorsStore, 'issue'>, ids: readonly number[]): Promise<number[]> {
  const issues = await Promise.all(ids.map((id) => errors.issue(id)));
  return issues.flatMap((issue) => (issue ? [issue.project] : []));
}
