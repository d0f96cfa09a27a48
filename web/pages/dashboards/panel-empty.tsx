import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Panel } from '../../../src/core/dashboard.ts';
import { serverNow } from '../../state/now.ts';
import { range, setFixed } from '../../state/range.ts';
import { moment } from '../../words/time.ts';
import { lastPoint, nearestNames } from '../metrics/nearest.ts';
import { exploreLink } from './panel-links.ts';

/** In place of a blank panel: why it is blank, and what to do. */
export function PanelEmpty({
  panel,
  why,
  text,
}: {
  panel: Panel;
  why: 'no targets' | 'refused' | 'lost' | 'no series' | 'no values';
  text?: string;
}): JSX.Element {
  if (why === 'lost') return <Words head="Heed does not answer." text="This page keeps trying." />;
  if (why === 'no targets') return <Words head="This panel asks for nothing yet." text="Edit it and name a series." />;
  if (why === 'refused') return <Words head="This cannot be drawn." text={text} />;
  return why === 'no series' ? <NoSeries panel={panel} /> : <NoValues panel={panel} />;
}

function Words({ head, text, children }: { head: string; text?: string; children?: JSX.Element }): JSX.Element {
  return (
    <div class="no-data" role="status">
      <b>{head}</b>
      {text !== undefined && <span class="small">{text}</span>}
      {children}
    </div>
  );
}

/** A name is worth telling when it has half of the nodes that were asked for. */
function isNear(name: string, target: string): boolean {
  const nodes = target.split(/[^\w-]+/).filter((node) => node.length > 1);
  const shared = nodes.filter((node) => name.split('.').includes(node));
  return shared.length * 2 >= nodes.length;
}

function NoSeries({ panel }: { panel: Panel }): JSX.Element {
  const [target] = panel.targets;
  const [names, setNames] = useState<string[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    nearestNames(target, stop.signal).then(
      (found) => setNames(found.filter((name) => isNear(name, target))),
      () => undefined,
    );
    return () => stop.abort();
  }, [target]);
  return (
    <Words head="Nothing has ever arrived under this name">
      <>
        <code class="small mid">{target}</code>
        {names.length > 0 && (
          <span class="small">
            The nearest is{' '}
            <a class="mono" href={exploreLink({ ...panel, targets: names.slice(0, 1) })}>
              {names[0]}
            </a>
          </span>
        )}
      </>
    </Words>
  );
}

function NoValues({ panel }: { panel: Panel }): JSX.Element {
  const [last, setLast] = useState<number | null | undefined>(undefined);
  const shown = range.value;
  const key = panel.targets.join('\n');
  useEffect(() => {
    const stop = new AbortController();
    lastPoint(panel.targets, stop.signal).then(setLast, () => undefined);
    return () => stop.abort();
  }, [key]);
  if (last === undefined) return <Words head="No data in this range" text="Looking for the last point …" />;
  if (last === null) return <Words head="No data in this range" text="No point is kept of the last two years." />;
  return (
    <Words head="No data in this range" text={`Last point ${moment(last, serverNow())}.`}>
      <button type="button" class="btn" onClick={() => setFixed(last - shown.span * 0.8, last + shown.span * 0.2)}>
        Show it
      </button>
    </Words>
  );
}
