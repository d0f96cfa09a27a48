import type { SimilarIssues } from '../contract-errors.ts';
import type { Routes } from '../context.ts';
import { issueOf } from '../issues/find.ts';
import { listedItem } from '../issues/item.ts';
import { ALIKE, likeness } from '../issues/similar.ts';
import type { RouteSchema } from '../openapi.ts';

/** Of the project's issues the latest are compared. */
const MOST_COMPARED = 500;
const MOST_TOLD = 5;
const DAY = 86_400_000;

const schema: RouteSchema = {
  summary: 'Issues of the same project that may be the same fault, most alike first.',
  params: { type: 'object', properties: { id: { type: 'string', maxLength: 120, description: 'Number or short id, e.g. SHOP-1A.' } }, required: ['id'] },
  answer: 'SimilarIssues',
};

export const similarIssuesRoutes: Routes = (app, { deps: { errors } }) => {
  app.get<{ Params: { id: string } }>('/api/v1/issues/:id/similar', { schema }, async ({ params }): Promise<SimilarIssues> => {
    const issue = await issueOf(errors, params.id);
    const until = Date.now();
    const question = { project: issue.project, terms: [], sort: 'date', from: until - DAY, until, slots: 1, limit: MOST_COMPARED } as const;
    const { issues } = await errors.issues(question);
    const alike = issues
      .filter(({ id }) => id !== issue.id)
      .map((other) => ({ issue: listedItem(other), likeness: Math.round(100 * likeness(issue, other)) / 100 }))
      .filter((found) => found.likeness >= ALIKE)
      .toSorted((a, b) => b.likeness - a.likeness || b.issue.lastSeen - a.issue.lastSeen);
    return { similar: alike.slice(0, MOST_TOLD) };
  });
};
