import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';
import { storeCheck } from '../state/ready.ts';

const running: RouteSchema = { summary: 'Answers 200 when Heed runs.', answer: '{ running: true }' };
const ready: RouteSchema = {
  summary: 'Answers 200 when Heed serves its purpose: it can write its store and read it back; else 503.',
  answer: '{ ready: true }',
};

export const healthRoutes: Routes = (app, { deps }) => {
  app.get('/healthz', { schema: running, config: { open: true } }, () => ({ running: true }));

  const check = storeCheck(deps);
  app.get('/readyz', { schema: ready, config: { open: true } }, async () => {
    await check();
    return { ready: true };
  });
};
