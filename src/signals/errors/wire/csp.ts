import { HeedError } from '../../../core/errors.ts';
import { isRecord, type Raw } from '../event/shapes.ts';
import { blockedOrigin, isExtension } from './csp-origin.ts';

/** Security reports as events that are still to be normalised. */
export interface SecurityReports {
  events: Raw[];
  /** Reports about what browser extensions and the browser itself do, which no site can help. */
  noise: number;
  /** Reports of kinds that are not kept. */
  other: number;
}

const MOST_REPORTS = 100;

/** The Reporting API's names and the older ones, by Sentry's. */
const FIELDS: Record<string, string> = {
  documentURL: 'document_uri',
  blockedURL: 'blocked_uri',
  effectiveDirective: 'effective_directive',
  originalPolicy: 'original_policy',
  sourceFile: 'source_file',
  lineNumber: 'line_number',
  columnNumber: 'column_number',
  statusCode: 'status_code',
  sample: 'script_sample',
};

/** What a directive governs, where that is not its first word. */
const THINGS: Record<string, string> = { img: 'image', default: 'resource', 'require-trusted-types': 'script sink' };

/**
 * Reads what browsers post: `{"csp-report": …}` and its siblings for Expect-CT, Expect-Staple and pinned keys, or the Reporting
 * API's list.
 * @throws HeedError `bad_report`
 */
export function readSecurityReports(body: unknown): SecurityReports {
  const said = Array.isArray(body) ? body.slice(0, MOST_REPORTS) : [body];
  const reports: SecurityReports = { events: [], noise: 0, other: 0 };
  let known = 0;
  for (const report of said) {
    const event = readReport(report);
    if (event === undefined) continue;
    known++;
    if (event === 'noise') reports.noise++;
    else if (event === 'other') reports.other++;
    else reports.events.push(event);
  }
  if (known > 0) return reports;
  throw new HeedError('bad_report', `cannot read the report: it must be {"csp-report": {…}} or the Reporting API's list of {"type", "body"}`);
}

function readReport(report: unknown): Raw | 'noise' | 'other' | undefined {
  if (!isRecord(report)) return undefined;
  if (isRecord(report['csp-report'])) return cspEvent(report['csp-report']);
  if (isRecord(report['expect-ct-report'])) return certificateEvent('expectct', 'Expect-CT', report['expect-ct-report']);
  if (isRecord(report['expect-staple-report'])) return certificateEvent('expectstaple', 'Expect-Staple', report['expect-staple-report']);
  if (Array.isArray(report['known-pins'])) return certificateEvent('hpkp', 'Public key pinning', report);
  if (typeof report.type !== 'string' || !isRecord(report.body)) return undefined;
  if (report.type !== 'csp-violation') return 'other';
  const event = cspEvent({ documentURL: report.url, ...report.body });
  const userAgent = report.user_agent;
  if (typeof event === 'object' && typeof userAgent === 'string') event.request = { ...(event.request as Raw), headers: [['User-Agent', userAgent]] };
  return event;
}

function cspEvent(report: Raw): Raw | 'noise' {
  const csp = renamed(report);
  const directive = directiveOf(csp);
  csp.effective_directive = directive;
  if (isExtension(csp.blocked_uri) || isExtension(csp.source_file)) return 'noise';
  const message = cspTitle(directive, blockedOrigin(csp.blocked_uri, csp.document_uri));
  return {
    type: 'csp',
    platform: 'javascript',
    logger: 'csp',
    logentry: { formatted: message },
    culprit: directive,
    csp,
    request: requestOf(csp.document_uri, csp.referrer),
  };
}

/** Newer browsers tell scripts in attributes and elements apart; both are governed by one directive. */
function directiveOf(csp: Raw): string {
  const said = csp.effective_directive ?? csp.violated_directive;
  const [word] = (typeof said === 'string' ? said.slice(0, 200) : '').trim().toLowerCase().split(/\s/, 1);
  return word.replace(/-(?:elem|attr)$/, '') || 'default-src';
}

function cspTitle(directive: string, origin: string): string {
  const name = directive.replace(/-src$/, '');
  const thing = Object.hasOwn(THINGS, name) ? THINGS[name] : name;
  if (origin === 'inline' || origin === 'eval') return `Blocked ${origin} '${thing}'`;
  if (origin === 'self') return `Blocked '${thing}' from this site itself`;
  return `Blocked '${thing}' from '${origin}'`;
}

function certificateEvent(type: string, what: string, report: Raw): Raw {
  const host = typeof report.hostname === 'string' ? report.hostname.slice(0, 255) : 'a host';
  return { type, platform: 'other', logger: 'csp', logentry: { formatted: `${what} failed for '${host}'` }, csp: renamed(report), culprit: host };
}

const requestOf = (url: unknown, referrer: unknown): Raw => ({ url, headers: typeof referrer === 'string' && referrer !== '' ? [['Referer', referrer]] : [] });

/** Keys as Sentry has them: `document-uri` and `documentURL` are `document_uri`. */
function renamed(report: Raw): Raw {
  const fields: Raw = {};
  for (const key of Object.keys(report).slice(0, 64)) {
    const name = Object.hasOwn(FIELDS, key) ? FIELDS[key] : key.replaceAll('-', '_');
    if (name !== '__proto__') fields[name] = report[key];
  }
  return fields;
}
