import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Shelf } from '../../dashboards/shelf.ts';
import type { QueryService } from '../../query/service.ts';
import type { FactsStore } from '../../store/facts/facts-store.ts';
import type { PointsReader } from '../../store/points/points-store.ts';

/** What Graphite's API answers from. */
export interface GraphiteDeps {
  query: Pick<QueryService, 'render'>;
  reader: PointsReader;
  facts: Pick<FactsStore, 'add' | 'find' | 'sync'>;
  dashboards: Shelf;
  /** Forgets series; see PointsStore. */
  remove: (patterns: string[]) => Promise<number>;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Adds a question, which may come by GET or POST and with a slash at the end. */
export function question(app: FastifyInstance, path: string, handler: Handler): void {
  for (const url of [path, `${path}/`]) {
    app.get(url, handler);
    app.post(url, { config: { readsOnly: true } }, handler);
  }
}
