/** Windows kept; a list that is looked at asks for one or two again and again. */
const MOST = 16;

type What = 'events' | 'users';

interface Window {
  project: number | null;
  what: What;
  /** Hours since 1970; the last one is in. */
  from: number;
  until: number;
  counts: Map<number, number>;
}

/** Events or users of each issue within a span of hours: counted once, and then kept up to date as events come. */
export class Windows {
  #windows: Window[] = [];

  /** Counts by issue; made by `count` where they are not kept. */
  find(what: What, project: number | null, from: number, until: number, count: () => Map<number, number>): Map<number, number> {
    let window = this.#windows.find((window) => window.what === what && window.project === project && window.from === from && window.until === until);
    this.#windows = this.#windows.filter((other) => other !== window).slice(-MOST + 1);
    window ??= { project, what, from, until, counts: count() };
    this.#windows.push(window);
    return window.counts;
  }

  addEvents(project: number, issue: number, hour: number, events: number): void {
    for (const window of this.#windows) {
      if (window.what !== 'events' || !has(window, project) || hour < window.from || hour > window.until) continue;
      window.counts.set(issue, (window.counts.get(issue) ?? 0) + events);
    }
  }

  /** A user's last hour in an issue moved on, from -1 for a new user; there are as many users as `weight` says. */
  addUser(project: number, issue: number, before: number, hour: number, weight: number): void {
    for (const window of this.#windows) {
      if (window.what !== 'users' || !has(window, project) || before >= window.from || hour < window.from) continue;
      window.counts.set(issue, (window.counts.get(issue) ?? 0) + weight);
    }
  }

  clear(): void {
    this.#windows = [];
  }

  /** Where no single step brings counts of users up to date. */
  forgetUsers(): void {
    this.#windows = this.#windows.filter(({ what }) => what !== 'users');
  }
}

const has = (window: Window, project: number): boolean => window.project === null || window.project === project;
