import type { ErrorEvent } from '../../core/error-event.ts';
import { describeEvent, userTag } from '../../signals/errors/event/title.ts';
import { groupEvent } from '../../signals/errors/grouping/group-event.ts';
import type { NewEvent } from '../../store/errors/errors-store.ts';

/** An hour that is past, whole. */
export const THEN = Math.floor(Date.now() / 3_600_000 - 2) * 3_600_000;

/** The event `number` of the default project, ready to be kept: `thrown` by a function `at` in shop.js unless the fields say otherwise. */
export function newEvent(number: number, thrown: string, at: string, fields: Partial<ErrorEvent> = {}): NewEvent {
  const [type, value] = thrown.split(': ');
  const frames = [
    { filename: 'node_modules/koa/index.js', function: 'dispatch', lineno: 7, in_app: false },
    { filename: 'shop.js', function: at, lineno: 42, colno: 9, in_app: true, pre_context: ['// a', '// b'], context_line: `${at}();`, post_context: ['}'] },
  ];
  const event: ErrorEvent = {
    event_id: number.toString(16).padStart(32, '0'),
    type: 'error',
    timestamp: THEN + number * 1000,
    received: THEN + number * 1000 + 5,
    level: 'error',
    platform: 'node',
    release: 'shop@1.4.0',
    environment: 'production',
    exception: [{ type, value, mechanism: { type: 'generic', handled: false }, stacktrace: { frames } }],
    tags: [['browser', 'Firefox']],
    ...fields,
  };
  const { hashes, grouping } = groupEvent(event);
  const { title, culprit, metadata, handled } = describeEvent(event);
  return { project: 1, slug: 'default', event, hashes, recipe: grouping.recipe, title, culprit, metadata, handled, user: userTag(event.user) ?? '' };
}

/** Three issues of a shop: two TypeErrors of one user each, one old Timeout, and a message. */
export function shopEvents(): NewEvent[] {
  return [
    newEvent(1, 'Timeout: payment took 30 s', 'pay', { level: 'fatal', user: { id: '7' }, environment: 'staging' }),
    newEvent(2, 'TypeError: x is undefined', 'add', { user: { email: 'ann@example.com' } }),
    newEvent(3, 'TypeError: x is undefined', 'add', {
      user: { email: 'bob@example.com' },
      release: 'shop@1.5.0',
      breadcrumbs: [{ type: 'default', level: 'info', timestamp: THEN }],
    }),
    newEvent(4, '', '', { exception: undefined, level: 'info', logentry: { formatted: 'stock is low' }, request: { url: 'http://shop/stock', method: 'GET' } }),
  ];
}
