import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ProjectSettings } from '../../../../src/core/project.ts';
import { changeProject } from '../../../state/projects.ts';
import { say } from '../../../state/toast.ts';
import type { TabProps } from './project-page.tsx';

/** Saves a part of the settings; what was wrong with it stays beside the button until it is changed. */
export function Save(props: TabProps & { part: Partial<ProjectSettings>; changed: boolean; done: string; onReset: () => void }): JSX.Element {
  const { project, onChange, part, changed, done, onReset } = props;
  const [problem, setProblem] = useState({ text: '', of: '' });
  const [busy, setBusy] = useState(false);
  const now = JSON.stringify(part);
  const save = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      onChange(await changeProject(project.slug, { settings: part }));
      say(done);
    } catch (error) {
      setProblem({ text: (error as Error).message, of: now });
    }
    setBusy(false);
  };
  return (
    <>
      {problem.text !== '' && problem.of === now && (
        <p class="bad prose" role="alert">
          {problem.text}
        </p>
      )}
      <div class="btn-row">
        <button type="button" class="btn primary" disabled={!changed || busy} onClick={() => void save()}>
          Save
        </button>
        {changed && (
          <button type="button" class="btn quiet" onClick={onReset}>
            Take back
          </button>
        )}
      </div>
    </>
  );
}
