import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { now, reach } from '../../state/now.ts';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { Verdict } from '../../widgets/state.tsx';
import { clock } from '../../words/time.ts';
import { definePage } from '../page.ts';
import { Arrives } from './arrives.tsx';
import { Drops } from './drops.tsx';
import { EchoPanel } from './echo-panel.tsx';
import { FirstSteps } from './first-steps.tsx';
import { StorageProblems } from './storage-problems.tsx';
import { Tiles } from './tiles.tsx';
import { useTrends } from './trends.ts';

/** What arrives, what is kept, what was dropped, and the lines themselves. Before the first number: what to send. */
function Now(): JSX.Element {
  const answer = now.value;
  const { state, lastHeard } = reach.value;
  const trends = useTrends();
  useEffect(() => void (document.title = 'Now · Heed'), []);
  if (!answer) {
    if (state === 'lost') return <Verdict state="bad" text="Heed does not answer. This page keeps trying." />;
    return <Skeleton rows={6} slow="Heed takes long to answer; it may still be reading its log after a start." />;
  }
  if (!answer.arrived) return <FirstSteps answer={answer} />;
  const { verdict } = answer;
  return (
    <>
      {state === 'lost' ? (
        <Verdict state="bad" text={`Heed does not answer since ${clock(lastHeard, true)}. Below is what it said last.`} />
      ) : (
        <Verdict state={verdict.state} text={verdict.text}>
          {verdict.details.map((detail) => (
            <li key={detail}>
              <span>{detail}</span>
            </li>
          ))}
        </Verdict>
      )}
      <div class="cols">
        <div class="stack">
          <StorageProblems store={answer.store} />
          <Tiles answer={answer} trends={trends} />
          <Arrives answer={answer} trends={trends} />
          <Drops answer={answer} />
        </div>
        <EchoPanel most={12} />
      </div>
    </>
  );
}

export default definePage({ path: '/', title: 'Now', icon: 'now', key: 'n', order: 1, view: Now });
