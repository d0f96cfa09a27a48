import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AuditAnswer } from '../../../../src/api/contract-people.ts';
import { askAudit } from '../../../state/me.ts';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { clock, day } from '../../../words/time.ts';
import { SettingsHead } from '../head.tsx';

/** Who did what about access and set-up. */
export function AuditLog(): JSX.Element {
  const [notes, setNotes] = useState<AuditAnswer['notes'] | null>(null);
  const [next, setNext] = useState<number | null>(null);
  const [problem, setProblem] = useState('');
  const ask = async (before: number | null, signal?: AbortSignal): Promise<void> => {
    try {
      const answer = await askAudit(before, signal);
      setNotes((kept) => (before === null ? answer.notes : [...(kept ?? []), ...answer.notes]));
      setNext(answer.next);
      setProblem('');
    } catch (error) {
      if (!signal?.aborted) setProblem((error as Error).message);
    }
  };
  useEffect(() => {
    document.title = 'Audit log · Settings · Heed';
    const stop = new AbortController();
    void ask(null, stop.signal);
    return () => stop.abort();
  }, []);
  return (
    <>
      <SettingsHead
        title="Audit log"
        about="Who signed in, let others in, and changed tokens, projects and keys. The last 20,000 are kept."
        problem={problem}
      />
      {!notes && problem === '' && <Skeleton rows={6} slow="Heed takes long to answer." />}
      {notes?.length === 0 && <p class="pad dim">Nothing yet: it begins with the first sign-in, token, project or key from now on.</p>}
      {notes && notes.length > 0 && (
        <section class="panel plain">
          <table class="table">
            <thead>
              <tr>
                <th>When</th>
                <th class="grow">Who did what</th>
                <th class="p2">From</th>
              </tr>
            </thead>
            <tbody>
              {notes.map(({ id, time, actor, deed, object, address }) => (
                <tr key={id}>
                  <td class="when">
                    {day(time)} <span class="dim">{clock(time, true)}</span>
                  </td>
                  <td class="grow anywhere">
                    <span class="strong">{actor}</span> {deed} <span class="dim">{object}</span>
                  </td>
                  <td class="nowrap p2">{address}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {next !== null && (
            <p class="pad">
              <button type="button" class="btn" onClick={() => void ask(next)}>
                Earlier
              </button>
            </p>
          )}
        </section>
      )}
    </>
  );
}
