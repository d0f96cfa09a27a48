import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Line } from '../../charts/rows.ts';
import { serverNow } from '../../state/now.ts';
import { range, setFixed } from '../../state/range.ts';
import { windowOf } from '../../words/range.ts';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { moment, span } from '../../words/time.ts';
import type { Answer } from './answer.ts';
import { lastPoint } from './nearest.ts';
import { question } from './question.ts';

/** In place of a blank chart: why it is blank and where the numbers are. */
export function NoData({ answer, lines }: { answer: Answer; lines: readonly Line[] }): JSX.Element | null {
  const { targets, muted } = question.value;
  if (answer.lost && answer.frame === null) return <Panel head="Heed does not answer." text="This page keeps trying." />;
  if (targets.length > 0 && muted.size >= targets.length) return <Panel head="All series are hidden." text="The eye beside a series shows it again." />;
  if (answer.frame === null && answer.problems.size === 0) {
    return (
      <section class="panel">
        <Skeleton rows={7} slow="This question takes long. A shorter range or fewer series are quicker." />
      </section>
    );
  }
  if (lines.length === 0) {
    if (answer.problems.size > 0) return <Panel head="Nothing can be drawn." text="What is wrong stands beside the series above." />;
    return <Panel head="No series has any of these names." text="Search finds names by any part of them." />;
  }
  return <OutOfRange targets={targets.filter((_, index) => !muted.has(index))} />;
}

function Panel({ head, text, children }: { head: string; text: string; children?: JSX.Element }): JSX.Element {
  return (
    <section class="panel" aria-label="Chart">
      <div class="no-data" role="status">
        <b>{head}</b>
        <span>{text}</span>
        {children}
      </div>
    </section>
  );
}

function OutOfRange({ targets }: { targets: readonly string[] }): JSX.Element {
  const shown = range.value;
  const [last, setLast] = useState<number | null | undefined>(undefined);
  const key = targets.join('\n');
  useEffect(() => {
    const stop = new AbortController();
    lastPoint(targets, stop.signal).then(setLast, () => undefined);
    return () => stop.abort();
  }, [key]);
  const { from, until } = windowOf(shown, serverNow());
  const head = `No data ${span(from, until, Date.now())}.`;
  if (last === undefined) return <Panel head={head} text="Looking for the last point …" />;
  if (last === null) return <Panel head={head} text="No point is kept of the last two years." />;
  return (
    <Panel head={head} text={`Last point ${moment(last, serverNow())}.`}>
      <button type="button" class="btn" onClick={() => setFixed(last - shown.span * 0.8, last + shown.span * 0.2)}>
        Show it
      </button>
    </Panel>
  );
}
