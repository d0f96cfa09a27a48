import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

const schema: RouteSchema = { summary: 'What arrives, what is stored, what was dropped, in figures and in words.', answer: 'NowAnswer' };

export const nowRoutes: Routes = (app, { now }) => {
  app.get('/api/v1/now', { schema }, () => now.answer());
};
