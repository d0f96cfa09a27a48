import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ReleaseAnswer } from '../../../src/api/contract-releases.ts';
import { Chart } from '../../charts/chart.tsx';
import { PLAIN, type Look } from '../../charts/look.ts';
import { colourClass, statsOf, type Line } from '../../charts/rows.ts';
import { zoomTo } from '../../state/range.ts';
import { useMarks } from '../../state/marks.ts';
import { Seg } from '../../widgets/seg.tsx';
import { inWords, type Unit } from '../../words/number.ts';

const VIEWS = [
  { key: 'rate', text: 'Crash-free' },
  { key: 'sessions', text: 'Sessions' },
  { key: 'adoption', text: 'Adoption' },
] as const;
type View = (typeof VIEWS)[number]['key'];

const HEIGHT = 200;
const NOTHING: ReadonlySet<string> = new Set();

/** Hour by hour: how many crashed, how many there were, and how many of all were of this release. */
export function Health({ answer }: { answer: ReleaseAnswer }): JSX.Element {
  const [view, setView] = useState<View>('rate');
  const marks = useMarks();
  const lines = useMemo(() => linesOf(answer, view), [answer, view]);
  const unit: Unit = view === 'sessions' ? 'count' : '%';
  const known = lines.some(({ stats }) => stats.last !== null && (view !== 'sessions' || stats.max !== 0));
  const look: Look = {
    ...PLAIN,
    kind: view === 'sessions' ? 'bars' : view === 'adoption' ? 'area' : 'line',
    max: view === 'sessions' ? null : 100,
    min: view === 'adoption' ? 0 : null,
  };
  const says = lines
    .map(({ label, stats }) => `${label}: last ${inWords(stats.last, unit)}, from ${inWords(stats.min, unit)} to ${inWords(stats.max, unit)}`)
    .join('; ');
  return (
    <section class="panel" aria-labelledby="h-health">
      <div class="panel-head">
        <h2 id="h-health">Hour by hour</h2>
        <span class="push">
          <Seg name="What" options={VIEWS} value={view} onChange={setView} />
        </span>
      </div>
      {known ? (
        <>
          <Chart
            lines={lines}
            hidden={NOTHING}
            marks={marks}
            focus={null}
            from={answer.from}
            until={answer.until}
            unit={unit}
            fit={view === 'rate'}
            look={look}
            height={HEIGHT}
            sync="release"
            says={says}
            onZoom={zoomTo}
          />
          <div class="legend">
            {lines.map((line) => (
              <span key={line.key} class={`${colourClass(line)}${line.dashed ? ' dash' : ''}`}>
                <span class={line.dashed ? 'key dash' : 'key'} />
                <span class="cut">{line.label}</span>
              </span>
            ))}
          </div>
        </>
      ) : (
        <p class="panel-body mid">
          No sessions came in this window. SDKs send them by themselves once they have a release; in Sentry’s SDKs for servers sessions are of requests.
        </p>
      )}
    </section>
  );
}

function linesOf({ release, hours }: ReleaseAnswer, view: View): Line[] {
  const line = (label: string, values: (number | null)[], colour: number, dashed = false): Line => {
    const row = { name: label, target: 0, kind: 'gauge', start: hours.start, step: hours.step, values };
    return { key: label, label, row, drawn: values, unit: view === 'sessions' ? 'count' : '%', colour, dashed, stats: statsOf(row) };
  };
  if (view === 'adoption') return [line(`Share of all sessions`, hours.adoption, 0)];
  if (view === 'sessions')
    return [
      line('Crashed', hours.crashed, 3),
      line(
        'Others',
        hours.sessions.map((count, slot) => count - hours.crashed[slot]),
        -1,
      ),
    ];
  const { before } = release.verdict;
  const own = line(release.version, hours.crashFree, 0);
  return hours.crashFreeBefore.some((rate) => rate !== null) ? [own, line(before, hours.crashFreeBefore, -1, true)] : [own];
}
