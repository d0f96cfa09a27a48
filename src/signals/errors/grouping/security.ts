import type { ErrorEvent } from '../../../core/error-event.ts';
import type { GroupingComponent } from '../../../core/error-grouping.ts';
import { component, ignored } from './component.ts';

const SELF = "'self'";
const HOST_REPORTS: Partial<Record<ErrorEvent['type'], string>> = { expectct: 'expect-ct', expectstaple: 'expect-staple', hpkp: 'hpkp' };

/** A report of a browser: of a content security policy by what was blocked and by which directive, of a certificate by its host. */
export function securityComponent(event: ErrorEvent): GroupingComponent | undefined {
  const report = event.csp;
  if (!report) return undefined;
  const kind = HOST_REPORTS[event.type];
  if (kind !== undefined) {
    const host = textOf(report, 'hostname');
    return component('security', [component('salt', [kind]), ...(host ? [component('hostname', [host])] : [])]);
  }
  if (event.type !== 'csp') return undefined;
  const violated = textOf(report, 'violated_directive');
  const directive = textOf(report, 'effective_directive') || violated.split(' ', 1)[0];
  const blocked = normaliseBlocked(textOf(report, 'blocked_uri'));
  const local = localScript(directive, violated, blocked);
  const uri = local ? ignored('uri', [blocked], 'ignored because the kind of script decides') : component('uri', [blocked]);
  return component('security', [component('salt', [directive]), ...(local ? [component('violation', [local])] : []), uri]);
}

/** Fields are named with dashes in reports and with underscores in Sentry's events. */
function textOf(report: NonNullable<ErrorEvent['csp']>, name: string): string {
  const value = report[name] ?? report[name.replaceAll('_', '-')];
  return typeof value === 'string' ? value : '';
}

/** Which of the page's own scripts a policy forbids. */
function localScript(directive: string, violated: string, blocked: string): string | undefined {
  if (directive !== 'script-src' || blocked !== SELF) return undefined;
  return ["'unsafe-inline'", "'unsafe-eval'"].find((word) => violated.includes(word));
}

/** Of addresses the host, of others the scheme; browsers name what is on the page itself in several ways. */
function normaliseBlocked(uri: string): string {
  if (uri === '' || uri === 'self' || uri === SELF) return SELF;
  const [, scheme, host] = /^([a-z][a-z\d+.-]*):(?:\/\/([^/?#]*))?/i.exec(uri) ?? [];
  // Only the name of a scheme, as `data` or `inline`.
  if (scheme === undefined) return `${uri}:`;
  if (/^https?$/i.test(scheme)) return host ?? '';
  return host ? `${scheme.toLowerCase()}://${host}` : `${scheme.toLowerCase()}:`;
}
