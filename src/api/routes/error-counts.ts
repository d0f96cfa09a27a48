import { HeedError } from '../../core/errors.ts';
import type { CountsQuestion } from '../../store/errors/errors-store.ts';
import type { ErrorCountsAnswer } from '../contract-errors.ts';
import type { Routes } from '../context.ts';
import { issueOf, projectOf } from '../issues/find.ts';
import { countsStep, readWindow, WINDOW_PARAMETERS, type WindowQuery } from '../issues/window.ts';
import type { RouteSchema } from '../openapi.ts';
import { SEARCH_PARAMETERS } from './issues.ts';

const WAYS: readonly string[] = ['level', 'environment', 'release'];

const schema: RouteSchema = {
  summary: 'Errors over time, and new issues, from hourly counts.',
  querystring: {
    type: 'object',
    properties: {
      project: SEARCH_PARAMETERS.project,
      issue: { type: 'string', maxLength: 120, description: 'Only this issue’s: number or short id.' },
      ...WINDOW_PARAMETERS,
      by: { type: 'string', maxLength: 20, description: 'A row for each level, environment or release.' },
    },
  },
  answer: 'ErrorCountsAnswer',
};

interface Query extends WindowQuery {
  project?: string;
  issue?: string;
  by?: string;
}

export const errorCountsRoutes: Routes = (app, { deps: { errors, catalog } }) => {
  app.get<{ Querystring: Query }>('/api/v1/errors/counts', { schema }, async ({ query: { project, issue, by, ...times } }): Promise<ErrorCountsAnswer> => {
    if (by !== undefined && !WAYS.includes(by)) throw new HeedError('bad_parameter', `cannot count by '${by}': write ${WAYS.join(', ')}`);
    const window = readWindow(times, Date.now());
    return errors.counts({
      project: project ? Number((await projectOf(catalog, project)).id) : null,
      ...(issue ? { issue: (await issueOf(errors, issue)).id } : {}),
      ...window,
      step: countsStep(window),
      ...(by ? { by: by as CountsQuestion['by'] } : {}),
    });
  });
};
