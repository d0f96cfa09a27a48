import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EventThread } from '../../../src/core/error-event.ts';
import { Fold } from './frame.tsx';
import { Trace } from './trace.tsx';

const MOST = 20;

function told({ id, name, crashed, current, main, state }: EventThread): { title: string; note: string } {
  const notes = [crashed === true ? 'crashed' : '', current === true ? 'current' : '', main === true ? 'main' : '', state ?? ''];
  return { title: name ?? `Thread ${id ?? ''}`, note: notes.filter((note) => note !== '').join(', ') };
}

/** What all threads were doing; the one that crashed first. */
export function Threads({ threads }: { threads: readonly EventThread[] }): JSX.Element {
  const [all, setAll] = useState(false);
  const sorted = threads.toSorted((a, b) => Number(b.crashed === true) - Number(a.crashed === true));
  const shown = all ? sorted : sorted.slice(0, MOST);
  return (
    <section aria-labelledby="h-threads">
      <div class="section-head">
        <h2 id="h-threads">Threads</h2>
        <span class="meta">{threads.length}</span>
      </div>
      <div class="trace">
        {shown.map((thread, index) => {
          const { title, note } = told(thread);
          const head = (
            <>
              <span class="fn cut">{title}</span>
              <span class="at words">{note}</span>
            </>
          );
          const { stacktrace } = thread;
          if (!stacktrace) {
            return (
              <div key={index} class="frame">
                <div class="frame-row still">{head}</div>
              </div>
            );
          }
          return (
            <Fold key={index} class="frame" open={false} head={head}>
              {() => <Trace trace={stacktrace} all={false} />}
            </Fold>
          );
        })}
      </div>
      {shown.length < threads.length && (
        <button type="button" class="btn quiet" onClick={() => setAll(true)}>
          Show all {threads.length} threads
        </button>
      )}
    </section>
  );
}
