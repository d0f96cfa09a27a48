import { isAbsolute } from 'node:path';
import { readCounters } from '../../core/counters.ts';
import { HeedError } from '../../core/errors.ts';
import type { BackupAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

const backupSchema: RouteSchema = {
  summary: 'Copies all data into an empty folder of the server’s machine.',
  body: {
    type: 'object',
    properties: { folder: { type: 'string', minLength: 1, maxLength: 4096, description: 'Absolute path; made when missing.' } },
    required: ['folder'],
  },
  answer: 'BackupAnswer',
};

const compactSchema: RouteSchema = {
  summary: 'Seals what is in memory and does all compaction, roll-up and retention that is due.',
  answer: 'An empty object.',
};

const countersSchema: RouteSchema = { summary: 'Heed’s own counters since the start, by name.', answer: 'Counts by name.' };

/** What keeps the store: backup, compaction on demand, and Heed's own counters as they stand. */
export const maintenanceRoutes: Routes = (app, { deps }) => {
  app.post<{ Body: { folder: string } }>('/api/v1/backup', { schema: backupSchema }, async ({ body: { folder } }): Promise<BackupAnswer> => {
    if (!isAbsolute(folder)) throw new HeedError('bad_parameter', `cannot back up to ${folder}: write an absolute path`);
    return await deps.backUp(folder);
  });
  app.post('/api/v1/compact', { schema: compactSchema }, async () => {
    await deps.points.settle();
    return {};
  });
  app.get('/api/v1/counters', { schema: countersSchema }, () => readCounters(deps.counters));
};
