import { createHash } from 'node:crypto';
import type { Breadcrumb, ErrorEvent, Frame } from '../../src/core/error-event.ts';
import type { NewEvent } from '../../src/store/errors/errors-store.ts';

const WORDS =
  'cart order price item user session token page list view query result state index total coupon stock address payment invoice shipping render update fetch parse validate handle load store cache route'.split(
    ' ',
  );
const TYPES = ['TypeError', 'ReferenceError', 'RangeError', 'ValueError', 'KeyError', 'TimeoutError', 'HttpError', 'IntegrityError'];

/** Numbers that look random and are the same in every run. */
function randomOf(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

const pick = <Item>(random: (below: number) => number, from: readonly Item[]): Item => from[random(from.length)];
const hex = (random: (below: number) => number, length: number): string =>
  Array.from({ length: Math.ceil(length / 7) }, () => random(0xfffffff).toString(16).padStart(7, '0'))
    .join('')
    .slice(0, length);

/** What all events of one issue share: its place in the code. */
interface Fault {
  type: string;
  hash: string;
  frames: Frame[];
  transaction: string;
}

function lineOfCode(random: (below: number) => number): string {
  const [a, b, c, d] = [pick(random, WORDS), pick(random, WORDS), pick(random, WORDS), pick(random, WORDS)];
  return pick(random, [
    `    const ${a} = await this.${b}.${c}(${d}.id, { limit: ${random(500)} });`,
    `    if (${a}.${b} === undefined || ${c}.length > ${random(100)}) return ${d};`,
    `      ${a}.push(...${b}.map((${c}) => ${c}.${d} * ${random(90)}));`,
    `    throw new ${a[0].toUpperCase()}${a.slice(1)}Error(\`no ${b} for \${${c}.${d}}\`);`,
    '    }',
    `  async ${a}${b[0].toUpperCase()}${b.slice(1)}(${c}: ${d[0].toUpperCase()}${d.slice(1)}): Promise<void> {`,
  ]);
}

function faultOf(number: number, frames: number): Fault {
  const random = randomOf(number + 1);
  const lines = (count: number): string[] => Array.from({ length: count }, () => lineOfCode(random));
  return {
    type: pick(random, TYPES),
    hash: createHash('md5').update(`fault ${number}`).digest('hex'),
    transaction: `/${pick(random, WORDS)}/${pick(random, WORDS)}`,
    frames: Array.from({ length: frames }, (_, i) => ({
      filename: `src/${pick(random, WORDS)}/${pick(random, WORDS)}-${random(60)}.ts`,
      abs_path: `/srv/shop/releases/current/src/${pick(random, WORDS)}/${pick(random, WORDS)}.ts`,
      function: `${pick(random, WORDS)}${random(200)}`,
      lineno: random(900),
      colno: random(80),
      in_app: random(3) > 0,
      ...(i > frames - 6 ? { pre_context: lines(4), context_line: lineOfCode(random), post_context: lines(4) } : {}),
    })),
  };
}

/** Events as a shop's browsers and servers would send them: each with its own ids, message, crumbs, user, tags. */
export class ErrorMix {
  readonly #faults: Fault[];
  readonly #users: number;
  readonly #small: boolean;
  readonly #random = randomOf(4711);

  /** Large events have about 8 KB of JSON, small ones 0.5 KB. */
  constructor(issues: number, users: number, size: 'large' | 'small') {
    this.#small = size === 'small';
    this.#faults = Array.from({ length: issues }, (_, i) => faultOf(i, this.#small ? 1 : 12));
    this.#users = users;
  }

  make(time: number, fault = this.#random(this.#faults.length)): NewEvent {
    const random = this.#random;
    const { type, hash, frames, transaction } = this.#faults[fault];
    const user = random(this.#users);
    const value = `Cannot read ${pick(random, WORDS)} ${random(100_000)} of ${pick(random, WORDS)} ${hex(random, 8)}`;
    const event: ErrorEvent = {
      event_id: hex(random, 32),
      type: 'error',
      timestamp: time,
      received: time,
      level: pick(random, ['error', 'error', 'error', 'fatal', 'warning']),
      platform: 'javascript',
      release: `shop@1.${random(8)}.0`,
      environment: pick(random, ['live', 'live', 'live', 'staging']),
      transaction,
      tags: this.#tags(),
      user: { id: String(user), email: `user${user}@example.org`, ip_address: `10.${user >> 16}.${(user >> 8) & 255}.${user & 255}` },
      exception: [{ type, value, mechanism: { type: 'onerror', handled: false }, stacktrace: { frames: this.#small ? frames : this.#varied(frames) } }],
      ...(this.#small ? {} : this.#surroundings(time, transaction)),
    };
    return {
      project: 1,
      slug: 'shop',
      event,
      hashes: [hash],
      recipe: 'bench',
      title: `${type}: ${value}`,
      culprit: transaction,
      metadata: { type, value },
      handled: false,
      user: `id:${user}`,
    };
  }

  /** A hundred values altogether. */
  #tags(): ErrorEvent['tags'] {
    const random = this.#random;
    return [
      ['browser', `Firefox ${random(20) + 110}`],
      ['os', `Linux ${random(10)}`],
      ['device', `device-${random(30)}`],
      ['shop', `shop-${random(20)}`],
      ['country', `c${random(20)}`],
    ];
  }

  /** Variables of the innermost frames differ from event to event. */
  #varied(frames: readonly Frame[]): Frame[] {
    const random = this.#random;
    return frames.map((frame, i) =>
      i < frames.length - 3
        ? frame
        : { ...frame, vars: { id: random(1e6), key: hex(random, 12), [pick(random, WORDS)]: pick(random, WORDS), total: random(1e5) / 100 } },
    );
  }

  #surroundings(time: number, transaction: string): Partial<ErrorEvent> {
    const random = this.#random;
    const breadcrumbs: Breadcrumb[] = Array.from({ length: 10 }, (_, i) => ({
      timestamp: time - (10 - i) * random(3000),
      type: 'http',
      category: pick(random, ['fetch', 'ui.click', 'navigation', 'console']),
      level: 'info',
      message: `${pick(random, WORDS)} ${pick(random, WORDS)} ${random(10_000)}`,
      data: { url: `https://shop.example/api/${pick(random, WORDS)}/${random(100_000)}`, method: 'GET', status_code: pick(random, [200, 200, 204, 404]) },
    }));
    return {
      breadcrumbs,
      request: {
        url: `https://shop.example${transaction}/${random(100)}`,
        method: 'POST',
        headers: [
          ['User-Agent', `Mozilla/5.0 (X11; Linux x86_64; rv:${random(20) + 110}.0) Gecko/20100101 Firefox/${random(20) + 110}.0`],
          ['Referer', `https://shop.example/${pick(random, WORDS)}?page=${random(1000)}`],
          ['X-Request-Id', hex(random, 32)],
        ],
      },
      contexts: {
        trace: { trace_id: hex(random, 32), span_id: hex(random, 16), op: 'pageload' },
        browser: { name: 'Firefox', version: `${random(20) + 110}.0` },
      },
      extra: { order: random(1e6), attempt: random(5), basket: Array.from({ length: 4 }, () => ({ item: random(1e5), price: random(1e4) / 100 })) },
      sdk: { name: 'sentry.javascript.browser', version: '10.1.0', integrations: ['Breadcrumbs', 'GlobalHandlers', 'LinkedErrors', 'Dedupe', 'HttpContext'] },
    };
  }
}
