import type { SessionCounts, SessionUpdate } from '../items/session.ts';
import type { Sample } from './messages.ts';
import { namePart } from './series-name.ts';

/** Sessions of which it is remembered that they had an error already. */
const MOST_REMEMBERED = 20_000;
const ENDS = ['exited', 'crashed', 'abnormal', 'unhandled'];

/**
 * Turns sessions into counts: how many began, how each ended, how many had an error; of the project and of its release. A session
 * is counted when it begins; what follows changes how it ended.
 */
export class Sessions {
  readonly #errored = new Set<string>();

  update(project: string, session: SessionUpdate): Sample[] {
    const counts: [string, number][] = [];
    if (session.isFirst) counts.push(['started', 1]);
    // What clients come up with is an end of a kind that is not known.
    if (session.status !== 'ok') counts.push([ENDS.includes(session.status) ? session.status : 'other', 1]);
    if (session.errors > 0 && this.#isFirstError(session.id)) counts.push(['errored', 1]);
    return samplesOf(project, session.release, counts);
  }

  counts(project: string, { release, counts }: SessionCounts): Sample[] {
    return counts.flatMap(({ exited, errored, abnormal, crashed, unhandled }) => {
      // Each session is in one of these.
      const started = exited + errored + abnormal + crashed + unhandled;
      const withError = errored + abnormal + crashed + unhandled;
      return samplesOf(project, release, [...Object.entries({ started, exited, abnormal, crashed, unhandled }), ['errored', withError]]);
    });
  }

  #isFirstError(id: string): boolean {
    if (this.#errored.has(id)) return false;
    if (this.#errored.size >= MOST_REMEMBERED) this.#errored.clear();
    this.#errored.add(id);
    return true;
  }
}

function samplesOf(project: string, release: string, counts: [what: string, count: number][]): Sample[] {
  return counts
    .filter(([, count]) => count > 0)
    .flatMap(([what, value]) => [
      { name: `releases.${project}.sessions.${what}`, value, as: 'sum' as const },
      { name: `releases.${project}.by_release.${namePart(release)}.sessions.${what}`, value, as: 'sum' as const },
    ]);
}
