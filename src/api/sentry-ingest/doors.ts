import type { Door } from '../../signals/errors/receive/messages.ts';

/** How an answer looks. */
export type AnswerAs = 'id' | 'pixel' | 'crash_id' | 'accepted' | 'feedback' | 'nothing';

/** A route that clients send to. */
export interface DoorRoute {
  method: 'GET' | 'POST';
  url: string;
  door: Door | 'nel';
  as: AnswerAs;
  /** The DSN may stand in the envelope alone. */
  dsnInBody?: boolean;
  /** Whose key it is may stand in the query as a whole DSN. */
  dsnInQuery?: boolean;
}

const PROJECT = '/api/:pid';

export const DOORS: readonly DoorRoute[] = [
  { method: 'POST', url: `${PROJECT}/envelope`, door: 'envelope', as: 'id', dsnInBody: true },
  { method: 'POST', url: '/api/tunnel', door: 'envelope', as: 'id', dsnInBody: true },
  { method: 'POST', url: `${PROJECT}/store`, door: 'store', as: 'id' },
  { method: 'GET', url: `${PROJECT}/store`, door: 'store_query', as: 'pixel' },
  { method: 'POST', url: '/api/store', door: 'store', as: 'id' },
  { method: 'POST', url: `${PROJECT}/security`, door: 'security', as: 'nothing' },
  { method: 'POST', url: `${PROJECT}/csp-report`, door: 'security', as: 'nothing' },
  { method: 'POST', url: `${PROJECT}/nel`, door: 'nel', as: 'nothing' },
  { method: 'POST', url: `${PROJECT}/minidump`, door: 'minidump', as: 'crash_id' },
  { method: 'POST', url: `${PROJECT}/events/:event/attachments`, door: 'attachments', as: 'nothing' },
  { method: 'GET', url: `${PROJECT}/cron/:monitor`, door: 'check_in', as: 'accepted' },
  { method: 'POST', url: `${PROJECT}/cron/:monitor`, door: 'check_in', as: 'accepted' },
  { method: 'GET', url: `${PROJECT}/cron/:monitor/:key`, door: 'check_in', as: 'accepted' },
  { method: 'POST', url: `${PROJECT}/cron/:monitor/:key`, door: 'check_in', as: 'accepted' },
  { method: 'POST', url: '/api/0/projects/:organization/:slug/user-feedback', door: 'user_report', as: 'feedback' },
  { method: 'POST', url: '/api/embed/error-page', door: 'user_report', as: 'nothing', dsnInQuery: true },
];
