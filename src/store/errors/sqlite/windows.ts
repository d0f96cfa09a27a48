/** Windows kept; a list that is looked at asks for one or two again and again. */
const MOST = 16;

type What = 'events' | 'users';

/** Events or users of issues within a span of hours. */
interface Window {
  project: number | null;
  what: What;
  /** Hours since 1970; the last one is in. */
  from: number;
  until: number;
  /** By issue. */
  counts: Map<number, number>;
  /** All issues are counted: one that is not there has none. */
  whole: boolean;
}

/** What issues had within spans of hours that were asked for: counted once, and then kept up to date as events come. */
export class Windows {
  #windows: Window[] = [];

  /** Counts of all issues; made by `count` where they are not kept. */
  all(what: What, project: number | null, from: number, until: number, count: () => Map<number, number>): Map<number, number> {
    const window = this.#find(what, project, from, until);
    if (!window.whole) Object.assign(window, { counts: count(), whole: true });
    return window.counts;
  }

  /** The count of one issue. */
  one(what: What, project: number | null, from: number, until: number, issue: number, count: () => number): number {
    const { counts, whole } = this.#find(what, project, from, until);
    let found = counts.get(issue);
    if (found === undefined) counts.set(issue, (found = whole ? 0 : count()));
    return found;
  }

  addEvents(project: number, issue: number, hour: number, events: number): void {
    for (const window of this.#windows) if (window.what === 'events' && hour >= window.from && hour <= window.until) add(window, project, issue, events);
  }

  /** A user's last hour in an issue moved on, from -1 for a new user; there are as many users as `weight` says. */
  addUser(project: number, issue: number, before: number, hour: number, weight: number): void {
    for (const window of this.#windows) if (window.what === 'users' && before < window.from && hour >= window.from) add(window, project, issue, weight);
  }

  clear(): void {
    this.#windows = [];
  }

  /** Where no single step brings counts of users up to date. */
  forgetUsers(): void {
    this.#windows = this.#windows.filter(({ what }) => what !== 'users');
  }

  #find(what: What, project: number | null, from: number, until: number): Window {
    const known = this.#windows.find((window) => window.what === what && window.project === project && window.from === from && window.until === until);
    const window = known ?? { project, what, from, until, counts: new Map<number, number>(), whole: false };
    if (window !== this.#windows.at(-1)) this.#windows = [...this.#windows.filter((other) => other !== window).slice(-MOST + 1), window];
    return window;
  }
}

function add(window: Window, project: number, issue: number, amount: number): void {
  if (window.project !== null && window.project !== project) return;
  const before = window.counts.get(issue) ?? (window.whole ? 0 : undefined);
  if (before !== undefined) window.counts.set(issue, before + amount);
}
