import type { IssuesCompletion } from '../contract-errors.ts';
import type { Routes } from '../context.ts';
import { offered, offerKeys, offerValues, searchEnd } from '../issue-search/complete.ts';
import { projectOf } from '../issues/find.ts';
import type { RouteSchema } from '../openapi.ts';
import { SEARCH_PARAMETERS } from './issues.ts';

const MOST_OFFERS = 20;

const schema: RouteSchema = {
  summary: 'What may stand at the end of a search: keys, or values of a key.',
  querystring: {
    type: 'object',
    properties: { project: SEARCH_PARAMETERS.project, text: { type: 'string', maxLength: 4096, default: '', description: 'The search up to the cursor.' } },
  },
  answer: 'IssuesCompletion',
};

export const issuesCompleteRoutes: Routes = (app, { deps: { errors, catalog } }) => {
  app.get<{ Querystring: { project?: string; text: string } }>('/api/v1/issues/complete', { schema }, async ({ query }): Promise<IssuesCompletion> => {
    const { start, key, prefix } = searchEnd(query.text);
    const project = query.project ? Number((await projectOf(catalog, query.project)).id) : null;
    if (key === undefined) {
      const known = offerKeys(prefix);
      const tags = await errors.complete(project, 'has', prefix, MOST_OFFERS);
      const more = tags.map((tag) => ({ text: `${offered(tag).text}:`, about: 'A tag.' })).filter(({ text }) => !known.some((offer) => offer.text === text));
      return { start, offers: [...known, ...more].slice(0, MOST_OFFERS) };
    }
    if (key === 'project') {
      const slugs = (await catalog.projects()).filter(({ slug }) => slug.startsWith(prefix.toLowerCase()));
      return { start, offers: slugs.slice(0, MOST_OFFERS).map(({ slug, name }) => offered(slug, name)) };
    }
    const offers = offerValues(key, prefix) ?? (await errors.complete(project, key, prefix, MOST_OFFERS)).map((value) => offered(value));
    return { start, offers };
  });
};
