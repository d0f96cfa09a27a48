import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DashboardDiff } from '../../../src/api/contract.ts';
import type { Dashboard } from '../../../src/core/dashboard.ts';
import { askDiff, readDashboard } from '../../state/dashboards.ts';
import { copyText } from '../../state/toast.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { Seg } from '../../widgets/seg.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { plural } from '../../words/number.ts';
import { Problem } from '../../widgets/problem.tsx';

/** Unchanged lines that are shown beside a change. */
const AROUND = 3;

/** The dashboard as its file would say it: to read, to change, to copy, and what of it differs from what is kept. */
export function YamlDialog(props: { slug: string; dashboard: Dashboard; file: string; onTake: (to: Dashboard) => void; onClose: () => void }): JSX.Element {
  const { slug, dashboard, file } = props;
  const [diff, setDiff] = useState<DashboardDiff | null>(null);
  const [problem, setProblem] = useState('');
  const [text, setText] = useState<string | null>(null);
  const [tab, setTab] = useState<'diff' | 'text'>('diff');
  useEffect(() => {
    askDiff(slug, dashboard).then(
      (answer) => {
        setDiff(answer);
        if (answer.lines.every(({ kind }) => kind === ' ')) setTab('text');
      },
      (error: Error) => setProblem(error.message),
    );
  }, []);
  const written = text ?? diff?.yaml ?? '';
  const take = async (): Promise<void> => {
    try {
      props.onTake((await readDashboard(written)).dashboard);
      props.onClose();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const changes = diff?.lines.filter(({ kind }) => kind !== ' ').length ?? 0;
  return (
    <Dialog name="Dashboard as YAML" class="yaml" onClose={props.onClose}>
      <div class="dialog-head row">
        <h2>As YAML</h2>
        <span class="dim cut">{file === '' ? `heed.dashboards/${slug}.yaml` : file}</span>
        <span class="push" />
        <Seg
          name="View"
          value={tab}
          onChange={setTab}
          options={[
            { key: 'diff', text: 'What changed' },
            { key: 'text', text: 'Whole' },
          ]}
        />
      </div>
      <div class="dialog-body">
        <Problem text={problem} />
        {!diff ? (
          problem === '' && <Skeleton rows={6} slow="Heed takes long to answer." />
        ) : tab === 'diff' ? (
          changes === 0 ? (
            <p class="mid">Nothing differs from what is kept.</p>
          ) : (
            <pre class="diff" tabIndex={0} aria-label={plural(changes, 'changed line')}>
              {near(diff.lines).map((line, index) =>
                line === null ? (
                  <span key={index} class="dim">
                    {'⋯\n'}
                  </span>
                ) : (
                  <span key={index} class={line.kind === '+' ? 'added' : line.kind === '-' ? 'removed' : undefined}>
                    {`${line.kind} ${line.text}\n`}
                  </span>
                ),
              )}
            </pre>
          )
        ) : (
          <textarea
            class="field mono"
            rows={22}
            spellcheck={false}
            aria-label="YAML"
            value={written}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setProblem('');
            }}
          />
        )}
      </div>
      <div class="dialog-foot">
        <span class="dim small push-start">
          {file === '' ? 'Keep it beside your code, and Heed reads it from there.' : 'Heed never writes your file; copy the text into it.'}
        </span>
        <button type="button" class="btn" onClick={() => void copyText(written, 'YAML copied')}>
          Copy
        </button>
        {text !== null && text !== diff?.yaml ? (
          <button type="button" class="btn primary" onClick={() => void take()}>
            Take it over
          </button>
        ) : (
          <button type="button" class="btn" onClick={props.onClose}>
            Close
          </button>
        )}
      </div>
    </Dialog>
  );
}

/** Changed lines with some around them; null stands for what is left out. */
function near(lines: DashboardDiff['lines']): (DashboardDiff['lines'][number] | null)[] {
  const wanted = lines.map((_, index) => lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== ' '));
  return lines.flatMap((line, index) => (wanted[index] ? [line] : index === 0 || wanted[index - 1] ? [null] : []));
}
