import type { EventRow } from './event-row.ts';
import type { KnownGroup, KnownIssue } from './memory.ts';

export const HOUR = 3_600_000;

/** What one tag's value had in a batch. */
interface ValueTally {
  events: number;
  first: number;
  last: number;
}

export interface Split {
  hour: number;
  level: number;
  environment: number;
  release: number;
  events: number;
  /** Issues that began. */
  issues: number;
}

/** What the events of a batch add to one group. */
export interface GroupTally {
  group: KnownGroup;
  events: number;
  oldest: EventRow;
  newest: EventRow;
  hours: Map<number, number>;
  splits: Map<string, Split>;
  tags: Map<string, Map<string, ValueTally>>;
  /** Hours, first and last, by user. */
  users: Map<number, [first: number, last: number]>;
}

/** What they add to one issue. */
export interface IssueTally {
  issue: KnownIssue;
  oldest: EventRow;
  newest: EventRow;
  /** Places in the batch of the last event. */
  last: number;
}

/** Counts of a batch: many events of one issue become one change of each row. */
export class Tally {
  readonly groups = new Map<number, GroupTally>();
  readonly issues = new Map<number, IssueTally>();
  readonly projects = new Map<number, Map<string, Split>>();
  /** The latest event of each user. */
  readonly people = new Map<number, EventRow>();

  issueOf(group: KnownGroup): KnownIssue {
    return (this.issues.get(group.issue) as IssueTally).issue;
  }

  add(row: EventRow, place: number, group: KnownGroup, issue: KnownIssue, split: Omit<Split, 'hour' | 'events' | 'issues'>, isNew: boolean): void {
    const hour = Math.floor(row.time / HOUR);
    const known = this.issues.get(issue.id);
    if (!known) this.issues.set(issue.id, { issue, oldest: row, newest: row, last: place });
    else {
      if (row.time < known.oldest.time) known.oldest = row;
      if (row.time >= known.newest.time) known.newest = row;
      known.last = place;
    }
    let tally = this.groups.get(group.id);
    if (!tally) {
      tally = { group, events: 0, oldest: row, newest: row, hours: new Map(), splits: new Map(), tags: new Map(), users: new Map() };
      this.groups.set(group.id, tally);
    }
    tally.events++;
    if (row.time < tally.oldest.time) tally.oldest = row;
    if (row.time >= tally.newest.time) tally.newest = row;
    tally.hours.set(hour, (tally.hours.get(hour) ?? 0) + 1);
    addSplit(tally.splits, hour, split, false);
    let project = this.projects.get(row.project);
    if (!project) this.projects.set(row.project, (project = new Map()));
    addSplit(project, hour, split, isNew);
    for (const [key, value] of row.tags) addTag(tally.tags, key, value, row.time);
    if (row.user === 0) return;
    this.people.set(row.user, row);
    const seen = tally.users.get(row.user);
    if (!seen) tally.users.set(row.user, [hour, hour]);
    else {
      seen[0] = Math.min(seen[0], hour);
      seen[1] = Math.max(seen[1], hour);
    }
  }
}

function addSplit(splits: Map<string, Split>, hour: number, { level, environment, release }: Omit<Split, 'hour' | 'events' | 'issues'>, isNew: boolean): void {
  const key = `${hour} ${level} ${environment} ${release}`;
  let split = splits.get(key);
  if (!split) splits.set(key, (split = { hour, level, environment, release, events: 0, issues: 0 }));
  split.events++;
  if (isNew) split.issues++;
}

function addTag(tags: Map<string, Map<string, ValueTally>>, key: string, value: string, time: number): void {
  let values = tags.get(key);
  if (!values) tags.set(key, (values = new Map()));
  const tally = values.get(value);
  if (!tally) values.set(value, { events: 1, first: time, last: time });
  else {
    tally.events++;
    tally.first = Math.min(tally.first, time);
    tally.last = Math.max(tally.last, time);
  }
}
