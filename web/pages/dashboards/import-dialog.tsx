import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DashboardRead } from '../../../src/api/contract.ts';
import { readDashboard, saveDashboard } from '../../state/dashboards.ts';
import { go, pageLink } from '../../state/router.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { plural } from '../../words/number.ts';
import { freeSlug } from './slug.ts';
import { Problem } from '../../widgets/problem.tsx';

const FORMATS: Record<DashboardRead['format'], string> = { heed: "Heed's YAML", grafana: "Grafana's JSON", 'graphite-web': "graphite-web's JSON" };

/** Takes a dashboard from a file or the clipboard, says what it found, and keeps it. */
export function ImportDialog({ taken, onClose }: { taken: ReadonlySet<string>; onClose: () => void }): JSX.Element {
  const [text, setText] = useState('');
  const [read, setRead] = useState<DashboardRead | null>(null);
  const [problem, setProblem] = useState('');
  const look = async (source: string): Promise<void> => {
    setText(source);
    setProblem('');
    setRead(null);
    if (source.trim() === '') return;
    try {
      setRead(await readDashboard(source));
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const keep = async (): Promise<void> => {
    if (!read) return;
    try {
      const { slug } = await saveDashboard(freeSlug(read.dashboard.title, taken), read.dashboard, '');
      onClose();
      go(pageLink(`/dashboards/${slug}`));
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <Dialog name="Import a dashboard" class="yaml" onClose={onClose}>
      <div class="dialog-head">
        <h2>Import a dashboard</h2>
      </div>
      <div class="dialog-body">
        <p class="mid">Grafana's JSON with Graphite targets, graphite-web's, or YAML of Heed.</p>
        <input
          type="file"
          aria-label="File"
          accept=".json,.yaml,.yml,application/json"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void file.text().then(look);
          }}
        />
        <textarea
          class="field mono"
          rows={10}
          spellcheck={false}
          aria-label="Or paste it here"
          placeholder="or paste it here"
          value={text}
          onInput={(event) => void look(event.currentTarget.value)}
        />
        <Problem text={problem} />
        {read && (
          <div role="status">
            <p>
              <b class="strong">{read.dashboard.title}</b>: {plural(read.dashboard.panels.length, 'panel')}
              {read.dashboard.variables.length > 0 && `, ${plural(read.dashboard.variables.length, 'variable')}`} from {FORMATS[read.format]}.
            </p>
            {read.notes.length > 0 && (
              <>
                <p class="warn">{read.notes.length === 1 ? 'One thing could not be taken over:' : `${read.notes.length} things could not be taken over:`}</p>
                <ul class="notes">
                  {read.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
      </div>
      <div class="dialog-foot">
        <button type="button" class="btn" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="btn primary" disabled={!read} onClick={() => void keep()}>
          Keep it
        </button>
      </div>
    </Dialog>
  );
}
