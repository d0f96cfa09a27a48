import type { DoctorAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';
import { examine } from '../state/doctor.ts';

const schema: RouteSchema = {
  summary: 'What listens, what arrived in the last minute, what was dropped and why, what is misconfigured.',
  answer: 'DoctorAnswer',
};

export const doctorRoutes: Routes = (app, context) => {
  app.get('/api/v1/doctor', { schema }, async (): Promise<DoctorAnswer> => ({ checks: await examine(context) }));
};
