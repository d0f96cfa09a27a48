import type { EventAnswer } from '../../../src/api/contract-errors.ts';
import { iso } from '../../words/time.ts';
import { beforeEvent, crumbWords } from './crumbs.ts';
import { curlOf } from './curl.ts';
import { chainOf, exceptionTitle, framePlace, mainTrace, rawTrace } from './frames.ts';
import { shown } from './values.ts';

/** Words that Markdown would read as marks. */
export const plainText = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, '\\$&');

/** A block that no line in it can end. */
export function fence(text: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}\n${text}\n${marks}`;
}

/** One line of code, whatever is in it. */
function code(text: string): string {
  const flat = text.replace(/[\r\n]+/g, ' ');
  return flat.includes('`') ? `\`\` ${flat} \`\`` : `\`${flat}\``;
}

const MOST_CRUMBS = 30;
const LONG = 2000;

/** The whole of an event for a ticket: what, where, when, what led to it, the request, and a link back. */
export function markdownOf({ issue, event }: Pick<EventAnswer, 'issue' | 'event'>, link: string): string {
  const parts = [`## ${plainText(issue.title)}`];
  const facts: [string, string][] = [
    ['Issue', `[${issue.shortId}](${link})`],
    ['When', iso(event.timestamp)],
    ['Level', code(event.level)],
    ['Culprit', issue.culprit === '' ? '' : code(issue.culprit)],
    ['Release', event.release === undefined ? '' : code(event.release)],
    ['Environment', event.environment === undefined ? '' : code(event.environment)],
    ['Events', `${issue.allEvents}, first ${iso(issue.firstSeen)}, last ${iso(issue.lastSeen)}`],
  ];
  parts.push(facts.flatMap(([name, value]) => (value === '' ? [] : [`- ${name}: ${value}`])).join('\n'));
  const chain = chainOf(event.exception ?? []);
  for (const { exception, relation } of chain) {
    parts.push(`### ${relation === '' ? 'Stack trace' : plainText(`${relation}: ${exceptionTitle(exception)}`)}`);
    parts.push(fence(exception.stacktrace ? rawTrace(exception, exception.stacktrace, event.platform) : exceptionTitle(exception)));
  }
  const trace = mainTrace(event);
  if (chain.length === 0 && event.logentry) parts.push(fence(event.logentry.formatted.slice(0, LONG)));
  if (chain.length === 0 && trace) parts.push('### Stack trace', fence(rawTrace(undefined, trace, event.platform)));
  const hit = trace?.frames.findLast((frame) => frame.in_app === true && frame.context_line !== undefined);
  if (hit) parts.push(`At ${code(framePlace(hit))}:`, fence([...(hit.pre_context ?? []), hit.context_line, ...(hit.post_context ?? [])].join('\n')));
  const crumbs = (event.breadcrumbs ?? []).slice(-MOST_CRUMBS);
  if (crumbs.length > 0) {
    const lines = crumbs.map((crumb) => {
      const { lead, code: what, note } = crumbWords(crumb);
      const time = crumb.timestamp === undefined ? '' : beforeEvent(crumb.timestamp, event.timestamp);
      return [time, lead, what.slice(0, 200).replace(/\s+/g, ' '), note === '' ? '' : `(${note})`].filter((part) => part !== '').join(' ');
    });
    parts.push('### What led to it', fence(lines.join('\n')));
  }
  if (event.request?.url) parts.push('### Request', fence(curlOf(event.request).slice(0, LONG)));
  if (event.tags.length > 0) parts.push('### Tags', event.tags.map(([key, value]) => `- ${code(key)}: ${code(value)}`).join('\n'));
  const contexts = Object.entries(event.contexts ?? {});
  if (contexts.length > 0) parts.push('### Contexts', contexts.map(([name, context]) => `- ${code(name)}: ${code(shown(context, 300))}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}
