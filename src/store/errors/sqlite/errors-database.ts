import type { AddedEvent, Issue } from '../errors-store.ts';
import type { ChangedHour, NewSessions } from '../sessions.ts';
import { activityOf } from './activity.ts';
import { addEvents } from './add-events.ts';
import { addSessions } from './add-sessions.ts';
import { linksOf, linkTo, unlink } from './links.ts';
import { changeIssues, commentOn, undoChange, wakeIssues } from './change-issues.ts';
import { completeValues } from './complete.ts';
import { countOver, tagsOfIssue, tagValuesOf, totalsOf } from './count.ts';
import { ErrorsFile, isDiskFull } from './errors-file.ts';
import type { EventRow } from './event-row.ts';
import { issueOf, type IssueRow } from './issue-row.ts';
import { listIssues } from './list-issues.ts';
import { runErrors } from './job-events.ts';
import { Memory } from './memory.ts';
import { hashesOf, mergeIssues, unmergeIssue } from './merge-issues.ts';
import type { ErrorsQuestion } from './messages.ts';
import { findEvent, findEventOfProject, issuesOfEvents, listEvents } from './read-events.ts';
import { sessionsOver } from './read-sessions.ts';
import { eventsOfTrace } from './trace-events.ts';
import { clearDoomed, doomIssues, pruneCounts, pruneEvents } from './remove-issues.ts';
import { issuesOfRelease, seenReleases } from './seen-releases.ts';
import { forgetProject, forgetSessions } from './forget-sessions.ts';

/** The tables of the errors and what is remembered of them. Synchronous, but for what takes long: that goes in steps. */
export class ErrorsDatabase {
  readonly #file: ErrorsFile;
  readonly #memory = new Memory();

  /** @throws HeedError `newer_format` when a later Heed has written it */
  constructor(folder: string, onDamage: (what: string) => void) {
    this.#file = new ErrorsFile(folder, onDamage);
    this.#file.onForget = () => this.#memory.forget();
  }

  /** Keeps all of the events or, when it throws, none. */
  add(rows: readonly EventRow[]): AddedEvent[] {
    const now = Date.now();
    return this.#file.mending(() =>
      this.#file.transact(() => {
        wakeIssues(this.#file, this.#memory, now);
        return addEvents(this.#file, this.#memory, rows, now);
      }),
    );
  }

  /** Counts all of the sessions or, when it throws, none. */
  addSessions(sessions: readonly NewSessions[]): ChangedHour[] {
    return this.#file.mending(() => this.#file.transact(() => addSessions(this.#file, this.#memory, sessions)));
  }

  /** Answers; what is left to be done after it, in steps, is to be asked of `rest`. */
  answer(question: Exclude<ErrorsQuestion, { do: 'prune' | 'close' | 'addSessions' | 'removeReleases' }>): unknown {
    const now = Date.now();
    return this.#file.mending(() => {
      this.#wake(now);
      return this.#answer(question, now);
    });
  }

  *prune(before: number, mostEvents: number): Generator<void, number> {
    yield* this.rest();
    const removed = yield* pruneEvents(this.#file, before, mostEvents);
    yield* pruneCounts(this.#file, Date.now());
    while (this.#file.transact(() => forgetSessions(this.#file, Date.now()))) yield;
    return removed;
  }

  *removeReleases(project: number): Generator<void, void> {
    while (this.#file.transact(() => forgetProject(this.#file, project))) yield;
    this.#memory.forget();
  }

  /** What removed issues had. */
  *rest(): Generator<void> {
    yield* clearDoomed(this.#file);
  }

  /** Does a step of work that goes in steps, and does it again with a new file where the old one turned out damaged. */
  step<Result>(work: () => Result): Result {
    return this.#file.mending(work);
  }

  /** Puts on disk, for a power cut, what was written. */
  sync(): void {
    this.#file.mending(() => this.#file.sync());
  }

  close(): void {
    this.#file.close();
  }

  #wake(now: number): void {
    try {
      if (this.#file.get('SELECT 1 FROM issues WHERE until_time > 0 AND until_time <= ? LIMIT 1', now))
        this.#file.transact(() => wakeIssues(this.#file, this.#memory, now));
    } catch (error) {
      // Reading goes on where there is no room to write.
      if (!isDiskFull(error)) throw error;
    }
  }

  #answer(question: Exclude<ErrorsQuestion, { do: 'prune' | 'close' | 'addSessions' | 'removeReleases' }>, now: number): unknown {
    const [file, memory] = [this.#file, this.#memory];
    switch (question.do) {
      case 'issues':
        return listIssues(file, memory, question.question, now);
      case 'issue':
        return this.#issue(question.id, now);
      case 'issueByShortId': {
        const found = file.get<{ id: number }>(
          'SELECT id FROM issues WHERE short_id = ?1 UNION ALL SELECT issue FROM moved WHERE short_id = ?1 LIMIT 1',
          question.shortId,
        );
        return found && this.#issue(found.id, now);
      }
      case 'events':
        return listEvents(file, memory, question.question, now);
      case 'event':
        return findEvent(file, memory, question.issue, question.which);
      case 'eventById':
        return findEventOfProject(file, memory, question.project, question.eventId);
      case 'eventsOfTrace':
        return eventsOfTrace(file, memory, question.question);
      case 'issuesOfEvents':
        return issuesOfEvents(file, question.project, question.eventIds);
      case 'change': {
        const { ids, change, by } = question;
        if (change.do !== 'discard') return file.transact(() => changeIssues(file, memory, ids, change, by, now));
        file.transact(() => doomIssues(file, memory, ids, true));
        return [];
      }
      case 'undo':
        return file.transact(() => undoChange(file, memory, question.before, question.by, now));
      case 'merge':
        return file.transact(() => mergeIssues(file, memory, question.into, question.from, question.by, now));
      case 'unmerge':
        return this.#issue(
          file.transact(() => unmergeIssue(file, memory, question.issue, question.hashes, question.by, now)),
          now,
        );
      case 'hashes':
        return hashesOf(file, question.issue);
      case 'comment':
        return file.transact(() => commentOn(file, question.issue, question.text, question.by, now));
      case 'links':
        return linksOf(file, question.issue);
      case 'link':
        return file.transact(() => linkTo(file, question.issue, question.link, question.by, now));
      case 'unlink':
        return file.transact(() => unlink(file, question.issue, question.id, question.by, now));
      case 'activity':
        return activityOf(file, question.issue, question.limit);
      case 'tags':
        return tagsOfIssue(file, memory, question.issue, question.most);
      case 'tagValues':
        return tagValuesOf(file, question.issue, question.key, question.limit);
      case 'counts':
        return countOver(file, memory, question.question);
      case 'totals':
        return totalsOf(file, question.project, now);
      case 'complete':
        return completeValues(file, question.project, question.key, question.prefix, question.limit);
      case 'sessions':
        return sessionsOver(file, memory, question.question);
      case 'releases':
        return seenReleases(file, question.question);
      case 'issuesOfRelease':
        return issuesOfRelease(file, question.question);
      case 'runErrors':
        return runErrors(file, memory, question.question);
      case 'removeIssues':
        return file.transact(() => doomIssues(file, memory, question.ids, false));
      default:
        return file.get(
          `SELECT (SELECT coalesce(sum(kept), 0) FROM groups) AS events, (SELECT count(*) FROM issues) AS issues,
            (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS bytes`,
        );
    }
  }

  #issue(id: number, now: number): Issue | undefined {
    const row =
      this.#file.get<IssueRow>('SELECT * FROM issues WHERE id = ?', id) ??
      this.#file.get<IssueRow>('SELECT issues.* FROM moved JOIN issues ON issues.id = moved.issue WHERE moved.id = ?', id);
    return row && issueOf(row, now);
  }
}
