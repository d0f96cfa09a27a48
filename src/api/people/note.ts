import type { FastifyRequest } from 'fastify';
import type { Audit } from '../../store/catalog/audit.ts';
import { actorOf } from '../issues/actor.ts';
import { clientAddress } from '../security/client-address.ts';

/** Notes that whoever asks did something, e.g. `token made` to `GitLab CI`. */
export async function note(audit: Audit, request: FastifyRequest, deed: string, object: string, actor = actorOf(request)): Promise<void> {
  await audit.add({ time: Date.now(), actor, deed, object: object.slice(0, 200), address: clientAddress(request.raw) ?? '' });
}
