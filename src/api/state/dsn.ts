import { hostname } from 'node:os';
import { formatAddress } from '../../core/config/values.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import { isWildcardAddress } from '../security/hosts.ts';

/** Where a project's SDKs send to. A server on all interfaces is named by its machine. */
export function dsnOf({ id, key }: CatalogProject, http: { host: string; port: number }): string {
  return `http://${key}@${formatAddress({ host: isWildcardAddress(http.host) ? hostname() : http.host, port: http.port })}/${id}`;
}
