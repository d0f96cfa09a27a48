import type { JSX } from 'preact';
import type { RunItem } from '../../../src/api/contract-jobs.ts';
import type { StateName } from '../../widgets/state.tsx';
import { wentOf } from './words.ts';

const SLOTS = 30;
const HEIGHTS: Readonly<Record<StateName, number>> = { ok: 8, warn: 14, bad: 22, none: 4 };

/** How the latest runs went, a bar each, the newest at the right. Height says it as well as colour. */
export function RunStrip({ runs }: { runs: readonly RunItem[] }): JSX.Element {
  const bad = runs.filter((run) => wentOf(run).state === 'bad').length;
  const first = SLOTS - runs.length;
  return (
    <span class="strip" role="img" aria-label={`Of the latest ${runs.length} runs ${bad} failed`}>
      <svg viewBox={`0 0 ${SLOTS * 6} 22`} preserveAspectRatio="none" aria-hidden="true">
        {runs.map((run, index) => {
          const { state } = wentOf(run);
          return <rect key={run.id} class={state} x={(first + index) * 6} width={4} y={22 - HEIGHTS[state]} height={HEIGHTS[state]} />;
        })}
      </svg>
    </span>
  );
}
